"""Which question comes next: by the schedule, and never the one that was just left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.schedule.rating import PASS
from chainrule.today import planned
from chainrule.web.answering import ask
from chainrule.web.refusals import Refused
from grader.errors import AuthorError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chainrule.schedule.planned import Planned
    from chainrule.standing import Standing
    from chainrule.store.records import Item
    from chainrule.web.people import Person
    from chainrule.web.site import Site

NOTHING_LEFT = "Nothing is due and nothing is new here; choose another topic, or one of the questions yourself."


def next_item(site: Site, person: Person, *, topic: str = "", left: Item | None = None) -> Item:
    """What to practise now. topic: only of this one. left: the item from which the learner goes on.

    What was asked today and has no answer is asked again, unless the learner just left it. Raises Refused where
    nothing is due and nothing new.
    """
    stand = site.standings.of(site, person)
    today = _asked_today(site, person, stand)
    open_ones = {item.family: item for item in today if not _met(stand, item.family)}
    for family in _in_turn(stand, topic, today, left):
        if family in open_ones and (left is None or family != left.family):
            return open_ones[family]
        try:
            return ask(site, person, family)
        except AuthorError:  # a question that is broken is no reason to stop here
            continue
    raise Refused(NOTHING_LEFT)


def begun_item(site: Site, person: Person, family: str) -> Item:
    """A question of that family: what was asked today and has no answer so far, else a fresh one. Raises UnknownId."""
    stand = site.standings.of(site, person)
    for item in reversed(_asked_today(site, person, stand)):
        if item.family == family and not site.store.judged(person.id, item=item.id):
            return item
    return ask(site, person, family)


def _asked_today(site: Site, person: Person, stand: Standing) -> tuple[Item, ...]:
    midnight = stand.at.replace(hour=0, minute=0, second=0, microsecond=0)
    return site.store.items(person.id, mode="practice", since=midnight)


def _met(stand: Standing, family: str) -> bool:
    card = stand.cards.get(family)
    return card is not None and card.last.astimezone(stand.at.tzinfo).date() == stand.at.date()


def _in_turn(stand: Standing, topic: str, today: Sequence[Item], left: Item | None) -> Iterator[str]:
    """Families in the order in which they should come, each once.

    First what failed today, as soon as enough others came after it; then the schedule, with what was passed over last.
    """
    queue = _queue(stand, topic)
    passed = [item.family for item in today if not _met(stand, item.family)] if left else []
    soon, later = _failed(stand, topic)
    found = [*soon, *(family for family in queue if family not in passed)]
    found += [*later, *(family for family in passed if family in queue)]
    now = left.family if left else ""
    yield from (family for family in dict.fromkeys(found) if family != now)
    if now in found:
        yield now


def _queue(stand: Standing, topic: str) -> list[str]:
    """The families of the schedule; the first of another topic than the last one's comes first."""
    found: tuple[Planned, ...] = planned(stand, topics=(topic,) if topic else ())[0]
    last = max(stand.reviews, key=lambda review: review.at).topic if stand.reviews else ""
    first = next((one for one in found if one.topic != last), None)
    rest = [one.family for one in found if one is not first]
    return [first.family, *rest] if first else rest


def _failed(stand: Standing, topic: str) -> tuple[list[str], list[str]]:
    """What failed today, and was not passed since: after as many others as the schedule puts between, and the rest."""
    since: dict[str, set[str]] = {}
    failed: dict[str, bool] = {}
    for review in stand.reviews:
        if review.at.astimezone(stand.at.tzinfo).date() == stand.at.date():
            for others in since.values():
                others.add(review.family)
            since[review.family] = set()
            failed[review.family] = review.score < PASS
    wanted = {one.family for one in stand.families if topic in ("", one.topic)}
    again = [family for family, is_failed in failed.items() if is_failed and family in wanted]
    soon = [family for family in again if len(since[family]) >= stand.settings.places]
    return soon, [family for family in again if family not in soon]
