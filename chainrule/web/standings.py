"""Where learners stand, remembered as long as nothing is judged: replaying a long log takes a tenth of a second."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from chainrule.schedule.cards import Card, cards_of
from chainrule.schedule.reviews import Review, reviews_of
from chainrule.standing import course, levels, with_settings
from chainrule.store.sizes import log_size
from chainrule.web.clocks import local_time
from chainrule.web.open_bank import open_bank
from chainrule.web.unrevealed import unrevealed

if TYPE_CHECKING:
    from chainrule.schedule.material import Material
    from chainrule.standing import Standing
    from chainrule.web.people import Person
    from chainrule.web.site import Site

KEPT = 500  # learners


@dataclass(frozen=True)
class _Known:
    """What a log came to. key: how much of it there was, and which exams were left out."""

    key: object
    reviews: tuple[Review, ...]
    by_family: Mapping[str, Sequence[Review]]
    cards: Mapping[str, Card]


class Standings:
    """Standings of the learners of one site. It may be used from several threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._families: tuple[Material, ...] = ()
        self._lock = Lock()

    def of(self, site: Site, person: Person) -> Standing:
        """Where the person stands now, by what they may know; without `judged`, which is long and seldom asked for."""
        known, at = self._log(site, person), local_time(site, person)
        return with_settings(
            site.store, at, person.id, judged=(), reviews=known.reviews, cards=known.cards, families=self._course(site)
        )

    def _course(self, site: Site) -> tuple[Material, ...]:
        if not self._families:
            self._families = course(open_bank(site))
        return self._families

    def _log(self, site: Site, person: Person) -> _Known:
        hidden = unrevealed(site, person)
        key = (log_size(site.store, person.id), hidden)  # first: what comes meanwhile is read next time
        with self._lock:
            before = self._known.get(person.id)
        if before is not None and before.key == key:
            return before
        judged = [one for one in site.store.judged(person.id) if one.item.exam not in hidden]
        found = _known(key, reviews_of(judged, levels(self._course(site))), before)
        self._keep(person.id, found)
        return found

    def _keep(self, learner: str, known: _Known) -> None:
        with self._lock:
            self._known[learner] = known
            self._known.move_to_end(learner)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)


def _known(key: object, reviews: tuple[Review, ...], before: _Known | None) -> _Known:
    """The cards of these reviews; those of families whose reviews are as before are taken from there."""
    by_family: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        by_family[review.family].append(review)
    same = {} if before is None else {f: before.cards[f] for f, r in by_family.items() if before.by_family.get(f) == r}
    changed = cards_of(review for review in reviews if review.family not in same)
    return _Known(key, reviews, by_family, dict(sorted({**same, **changed}.items())))
