"""Progress of learners as the page shows it: worked out one at a time, and kept as long as it says the same.

The forecast plays many exams, which takes most of a second of a processor.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from chainrule.progressing import Progress, progress
from chainrule.store.sizes import log_size
from chainrule.web.open_bank import open_bank
from chainrule.web.unrevealed import unrevealed

if TYPE_CHECKING:
    from chainrule.standing import Standing
    from chainrule.web.people import Person
    from chainrule.web.site import Site

KEPT = 200  # learners


@dataclass(frozen=True)
class Shown:
    """What the page shows."""

    progress: Progress
    stand: Standing


class ProgressKept:
    """Progress of the learners of one site. It may be used from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[object, Shown]] = OrderedDict()
        self._lock = Lock()
        self._one = Lock()  # so that many who look at once do not slow the other pages down

    def of(self, site: Site, person: Person) -> Shown:
        """The progress of a person, no older than the hour and what was judged."""
        hidden = unrevealed(site, person)
        stand = site.standings.of(site, person)
        hour = stand.at.replace(minute=0, second=0, microsecond=0)
        key = (log_size(site.store, person.id), hidden, hour, stand.exam)
        with self._one:
            found = self._find(person.id, key)
            if found is None:
                judged = tuple(one for one in site.store.judged(person.id) if one.item.exam not in hidden)
                stand = replace(stand, judged=judged)
                found = Shown(progress(stand, open_bank(site)), stand)
                self._keep(person.id, key, found)
            return found

    def _find(self, learner: str, key: object) -> Shown | None:
        with self._lock:
            known, shown = self._kept.get(learner, (None, None))
            return shown if known == key else None

    def _keep(self, learner: str, key: object, shown: Shown) -> None:
        with self._lock:
            self._kept[learner] = (key, shown)
            self._kept.move_to_end(learner)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
