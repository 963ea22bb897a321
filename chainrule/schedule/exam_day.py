"""The day of the exam: the days before it, recall on it, and cards that are never due after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chainrule.schedule.cards import Card, retrievability

DAY = timedelta(days=1)


def days_left(at: datetime, exam: datetime) -> int:
    """The days from `at` to the exam, today counted and the exam's day not, in the zone of `at`; 0 from that day on."""
    return max(0, (exam.astimezone(at.tzinfo).date() - at.date()).days)


def before_exam(card: Card, exam: datetime | None, at: datetime) -> Card:
    """The card, due a day before the exam at the latest, or at the exam where its last repetition is later than that.

    What FSRS would put off past the exam is worth a last look the day before; after that day nothing is worth
    anything. Without an exam ahead of `at` the card stays as it is.
    """
    if exam is None or exam <= at:
        return card
    latest = exam - DAY if card.last < exam - DAY else exam
    return replace(card, due=min(card.due, latest))


def last_day(cards: Mapping[str, Card], at: datetime, exam: datetime, n: int) -> tuple[str, ...]:
    """The n families that are weakest on the exam's day, as things stand at `at`: by recall times score, least first.

    What was learnt after `at` is not known yet and left out.
    """
    known = [card for card in cards.values() if card.last <= at]
    ranked = sorted(known, key=lambda card: (retrievability(card, exam) * card.score, card.family))
    return tuple(card.family for card in ranked[: max(0, n)])
