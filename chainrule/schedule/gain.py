"""What practising a family now adds to its score on the exam's day."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from chainrule.schedule.cards import Card, retrievability, reviewed, scheduler
from chainrule.schedule.material import Material
from chainrule.schedule.reviews import Review

if TYPE_CHECKING:
    import fsrs

UNSEEN = 0.4  # the share of the marks that an unseen family is taken to bring; `priors.py` learns it, a plan need not


def recall_gain(card: Card, at: datetime, exam: datetime) -> float:
    """The expected rise of recall on the exam's day by a repetition at `at`: over recalled and forgotten, by chance."""
    recalled = retrievability(card, at)
    after = recalled * _recall_after(card, at, exam, score=1.0) + (1 - recalled) * _recall_after(
        card, at, exam, score=0.0
    )
    return max(0.0, after - retrievability(card, exam))


def marks_gain(one: Material, card: Card | None, at: datetime, exam: datetime) -> float:
    """The expected marks on the exam's day that practising the family at `at` adds."""
    if card is not None:
        return one.marks * recall_gain(card, at, exam)
    first = UNSEEN * _recall_after(None, at, exam, score=1.0) + (1 - UNSEEN) * _recall_after(None, at, exam, score=0.0)
    return one.marks * max(0.0, first - UNSEEN)


def _recall_after(card: Card | None, at: datetime, exam: datetime, *, score: float) -> float:
    """Recall on the exam's day after a review at `at` with that score."""
    name = card.family if card else ""
    review = Review(name, "", at, score, hints=0, seconds=0.0, expected=0.0)
    return retrievability(reviewed(card, review, _scheduler()), exam)


@cache
def _scheduler() -> fsrs.Scheduler:
    return scheduler()
