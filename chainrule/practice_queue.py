"""What a practice session asks next: a queue, in which what failed comes again a few places later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic

from chainrule.dates import days_text
from chainrule.practising import Done, Next
from chainrule.schedule.again import put_again
from chainrule.schedule.cards import Card
from chainrule.schedule.planned import Planned
from chainrule.schedule.rating import PASS
from chainrule.store.records import Item

WHY: Mapping[str, str] = {
    "due": "due",
    "new": "new",
    "weak prerequisite": "needed for what comes, and weak",
    "failed before": "not right last time",
    "gain": "adds most to your exam",
    "last day": "among your weakest",
}


class PracticeQueue:
    """A `Source` over planned items. Its length is of what is left, for a line that says how far one is."""

    def __init__(
        self,
        planned: Sequence[Planned],
        cards: Mapping[str, Card],
        at: datetime,
        *,
        minutes: float,
        seed: int,
        places: int,
    ) -> None:
        self._rest = tuple(planned)
        self._cards, self._at, self._seed, self._places = cards, at, seed, places
        self._end = monotonic() + 60 * minutes if minutes else None
        self._asked: Planned | None = None
        self._looked_at = 0

    def __len__(self) -> int:
        return len(self._rest)

    def next(self, done: Sequence[Done]) -> Next | None:
        """The next family; None where nothing is left, or the minutes are over and nothing failed just now."""
        for one in done[self._looked_at :]:
            if self._asked is not None and one.score < PASS and one.attempts:
                self._rest = put_again(self._rest, self._asked, places=self._places, seed=self._seed + len(done))
        self._looked_at = len(done)
        if not self._rest or (self._end is not None and monotonic() > self._end):
            return None
        self._asked, *rest = self._rest
        self._rest = tuple(rest)
        return Next(self._asked.family, self._why(self._asked))

    def _why(self, one: Planned) -> str:
        card = self._cards.get(one.family)
        if card is None:
            return WHY[one.reason]
        days = card.last.astimezone(self._at.tzinfo).date() - self._at.date()
        return f"{WHY[one.reason]}, last seen {days_text(days.days)}"


class OnceMore:
    """A `Source` over the questions of an exam that is over, with the same values."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._rest = list(items)

    def next(self, done: Sequence[Done]) -> Next | None:
        """The next question of the exam."""
        if not self._rest:
            return None
        item = self._rest.pop(0)
        return Next(item.family, f"question {item.number} of the exam {item.exam}", item.seed)
