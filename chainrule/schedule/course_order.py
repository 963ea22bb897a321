"""The order in which families are met as new material: that of the course, weak prerequisites first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chainrule.schedule.cards import Card, retrievability
from chainrule.schedule.material import Material

UNSEEN_TOPIC = 3  # families that stand in for a topic of which nothing was seen
WEAKEST = 2  # families that are repeated of what was seen and is weak


@dataclass(frozen=True)
class Step:
    """A family to meet, or to repeat. weak: as a prerequisite of what comes later; after: families that come before."""

    material: Material
    weak: bool = False
    after: frozenset[str] = frozenset()


def course_order(families: Iterable[Material], *, topics: Sequence[str], items: Sequence[str]) -> tuple[Material, ...]:
    """The families by topic, within it by level, then by the first of their items.

    topics, items: ids in the order of the course; what is not among them comes last, by name.
    """
    by_topic = {topic: place for place, topic in enumerate(topics)}
    by_item = {item: place for place, item in enumerate(items)}

    def place(one: Material) -> tuple[int, str, int, int, str]:
        first = min((by_item.get(item, len(by_item)) for item in one.course), default=len(by_item))
        return by_topic.get(one.topic, len(by_topic)), one.topic, one.level, first, one.family

    return tuple(sorted(families, key=place))


def shipped_order(families: Iterable[Material]) -> tuple[Material, ...]:
    """The families in the order of the course that comes with this package."""
    from questions.course import shipped_course
    from questions.topics import shipped_topics

    topics = [topic.id for topic in shipped_topics()]
    return course_order(families, topics=topics, items=[item.id for item in shipped_course()])


def strength(families: Iterable[Material], cards: Mapping[str, Card], at: datetime) -> float | None:
    """The mean of recall times score over those that were seen; None where none was."""
    seen = [cards[one.family] for one in families if one.family in cards]
    return sum(retrievability(card, at) * card.score for card in seen) / len(seen) if seen else None


def steps(
    order: Sequence[Material],
    cards: Mapping[str, Card],
    at: datetime,
    *,
    wanted: Sequence[Material],
    needs: Mapping[str, tuple[str, ...]],
    weak_below: float,
) -> tuple[Step, ...]:
    """The unseen families among `wanted` in their order, each after its prerequisites that are weak.

    order: all families in the order of the course. needs: topic or item -> the topics and items that it needs; one that
    was seen is weak where its strength is below `weak_below`, one that was not always, and none without families.
    """
    walk = _Walk(order, cards, at, needs, weak_below)
    for one in wanted:
        if one.family not in cards:
            walk.visit(one)
    return tuple(walk.found.values())


class _Walk:
    """One walk from wanted families down to what they need; `found` holds the steps in the order to take them."""

    def __init__(
        self,
        order: Sequence[Material],
        cards: Mapping[str, Card],
        at: datetime,
        needs: Mapping[str, tuple[str, ...]],
        weak_below: float,
    ) -> None:
        self.order, self.cards, self.at, self.needs, self.weak_below = order, cards, at, needs, weak_below
        self.of_thing: dict[str, list[Material]] = {}
        for one in order:
            for thing in (one.topic, *one.course):
                self.of_thing.setdefault(thing, []).append(one)
        self.remedies: dict[str, list[Material]] = {}
        self.found: dict[str, Step] = {}
        self.open: set[str] = set()

    def visit(self, one: Material, *, weak: bool = False) -> None:
        """Adds a family after what it needs; a family that needs itself by some way is taken as it comes."""
        if one.family in self.found or one.family in self.open:
            return
        self.open.add(one.family)
        before = [remedy for thing in self._needs(one) for remedy in self._remedy(thing) if remedy.family != one.family]
        for remedy in before:
            self.visit(remedy, weak=True)
        self.open.discard(one.family)
        after = frozenset(remedy.family for remedy in before if remedy.family in self.found)
        self.found[one.family] = Step(one, weak, after)

    def _needs(self, one: Material) -> Iterator[str]:
        own = {one.topic, *one.course}
        needed = (need for thing in (one.topic, *one.course) for need in self.needs.get(thing, ()))
        return (need for need in dict.fromkeys(needed) if need not in own)

    def _remedy(self, thing: str) -> list[Material]:
        """The families to take before what needs the thing; none where it is strong."""
        if thing not in self.remedies:
            self.remedies[thing] = self._found_remedy(thing)
        return self.remedies[thing]

    def _found_remedy(self, thing: str) -> list[Material]:
        families = self.of_thing.get(thing, [])
        strong = strength(families, self.cards, self.at)
        if strong is None:
            return families[: 1 if "." in thing else UNSEEN_TOPIC]
        if strong >= self.weak_below:
            return []
        rested = [one for one in families if one.family in self.cards and not self._met_today(one)]
        return sorted(rested, key=self._strength)[:WEAKEST]

    def _strength(self, one: Material) -> float:
        card = self.cards[one.family]
        return retrievability(card, self.at) * card.score

    def _met_today(self, one: Material) -> bool:
        return self.cards[one.family].last.astimezone(self.at.tzinfo).date() == self.at.date()
