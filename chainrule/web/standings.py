"""Where learners stand, remembered as long as nothing is judged: replaying a long log takes a tenth of a second."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from chainrule.schedule.cards import Card, cards_of
from chainrule.schedule.reviews import Review, reviews_of
from chainrule.standing import course, levels, with_settings
from chainrule.store.sizes import LogSize, judged_since, log_size
from chainrule.web.clocks import local_time
from chainrule.web.open_bank import open_bank
from chainrule.web.unrevealed import unrevealed

if TYPE_CHECKING:
    from chainrule.schedule.material import Material
    from chainrule.standing import Standing
    from chainrule.store.records import Judged
    from chainrule.web.people import Person
    from chainrule.web.site import Site

KEPT = 500  # learners


@dataclass(frozen=True)
class _Known:
    """What a log came to. size: how much of it there was; hidden: exams that were left out. by_item: its review."""

    size: LogSize
    hidden: frozenset[str]
    by_item: Mapping[str, Review]
    reviews: tuple[Review, ...]
    cards: Mapping[str, Card]


class Standings:
    """Standings of the learners of one site. It may be used from several threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._courses: dict[frozenset[str], tuple[Material, ...]] = {}  # by the families that are kept back
        self._lock = Lock()

    def of(self, site: Site, person: Person) -> Standing:
        """Where the person stands now, by what they may know; without `judged`, which is long and seldom asked for."""
        known, at = self._log(site, person), local_time(site, person)
        return with_settings(
            site.store, at, person.id, judged=(), reviews=known.reviews, cards=known.cards, families=self._course(site)
        )

    def _course(self, site: Site) -> tuple[Material, ...]:
        if site.private not in self._courses:
            self._courses[site.private] = course(open_bank(site))
        return self._courses[site.private]

    def _log(self, site: Site, person: Person) -> _Known:
        hidden = unrevealed(site, person)
        size = log_size(site.store, person.id)  # first: what comes meanwhile is read next time
        with self._lock:
            before = self._known.get(person.id)
        if before is not None and (before.size, before.hidden) == (size, hidden):
            return before
        by_item = self._reviews(site, person, before, size, hidden)
        found = _known(size, hidden, by_item, before)
        self._keep(person.id, found)
        return found

    def _reviews(
        self, site: Site, person: Person, before: _Known | None, size: LogSize, hidden: frozenset[str]
    ) -> Mapping[str, Review]:
        """The review of each item: of those with new attempts, where nothing else changed; else of all."""
        level = levels(self._course(site))
        if before is not None and (before.size.regradings, before.hidden) == (size.regradings, hidden):
            some, count = judged_since(site.store, person.id, before.size.row)
            if before.size.attempts + count == size.attempts:  # else one came late, with an earlier row
                return {**before.by_item, **_by_item(some, level, hidden)}
        return _by_item(site.store.judged(person.id), level, hidden)

    def _keep(self, learner: str, known: _Known) -> None:
        with self._lock:
            self._known[learner] = known
            self._known.move_to_end(learner)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)


def _by_item(judged: Iterable[Judged], level: Mapping[str, int], hidden: frozenset[str]) -> dict[str, Review]:
    """The review of each item that has one."""
    items: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.item.exam not in hidden:
            items[one.item.id].append(one)
    return {id: review for id, some in items.items() for review in reviews_of(some, level)}


def _known(size: LogSize, hidden: frozenset[str], by_item: Mapping[str, Review], before: _Known | None) -> _Known:
    """The log with its cards; those of families whose reviews are as before are taken from there."""
    reviews = tuple(sorted(by_item.values(), key=lambda review: (review.at, review.family)))
    families, same = _families(reviews), dict[str, Card]()
    if before is not None:
        earlier = _families(before.reviews)
        same = {family: before.cards[family] for family, some in families.items() if earlier.get(family) == some}
    changed = cards_of(review for review in reviews if review.family not in same)
    return _Known(size, hidden, by_item, reviews, dict(sorted({**same, **changed}.items())))


def _families(reviews: Iterable[Review]) -> Mapping[str, list[Review]]:
    found: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        found[review.family].append(review)
    return found
