"""Cards: the state of memory for each family, by FSRS, from nothing but the log of reviews.

A card is a family, not a variant: every repetition asks fresh values, so that what is remembered is the method.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from chainrule.schedule.rating import rating
from chainrule.schedule.reviews import Review

if TYPE_CHECKING:
    import fsrs

RETENTION = 0.8  # recall at which a repetition is due; 0.9 takes many more repetitions for little more recall
KEPT = 0.4  # of the mean of the earlier scores, beside the newest one


@dataclass(frozen=True)
class Card:
    """A family's state. stability: days until recall is 0.9; difficulty: 1 to 10. score: mean, the newest most.

    lapses: times it was forgotten after it had been seen; streak: repetitions since then, the last ones.
    """

    family: str
    due: datetime
    stability: float
    difficulty: float
    last: datetime
    reviews: int
    lapses: int
    streak: int
    score: float


def scheduler(retention: float = RETENTION) -> fsrs.Scheduler:
    """The scheduler of FSRS without chance and without steps of minutes.

    An item takes minutes, not seconds: what failed comes again within the session (`again.py`), and the next
    repetition is a day away at least.
    """
    from fsrs import Scheduler

    return Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def cards_of(reviews: Iterable[Review], *, retention: float = RETENTION) -> dict[str, Card]:
    """The card of each family that was reviewed, by family, from reviews in any order."""
    by_fsrs = scheduler(retention)
    cards: dict[str, Card] = {}
    for review in sorted(reviews, key=lambda review: (review.at, review.family)):
        cards[review.family] = reviewed(cards.get(review.family), review, by_fsrs)
    return dict(sorted(cards.items()))


def reviewed(card: Card | None, review: Review, by_fsrs: fsrs.Scheduler) -> Card:
    """The card after one more review, which must not be earlier than its last; None stands for an unseen family."""
    given = rating(review)
    new, _ = by_fsrs.review_card(_known_to_fsrs(card), given, review.at.astimezone(UTC))
    forgotten = given.name == "Again"
    return Card(
        family=review.family,
        due=new.due,
        stability=new.stability or 0.0,
        difficulty=new.difficulty or 0.0,
        last=review.at,
        reviews=card.reviews + 1 if card else 1,
        lapses=card.lapses + forgotten if card else 0,
        streak=0 if forgotten else (card.streak if card else 0) + 1,
        score=KEPT * card.score + (1 - KEPT) * review.score if card else review.score,
    )


def retrievability(card: Card, at: datetime) -> float:
    """The chance that the family is recalled at that time: FSRS's curve, 1 at the last review and before it.

    The library counts whole days; here days have fractions, so that the order within a day is right as well.
    """
    factor, decay = _curve()
    days = max(0.0, (at - card.last).total_seconds() / 86400)
    return float((1 + factor * days / card.stability) ** decay)


@cache
def _curve() -> tuple[float, float]:
    """Factor and exponent of the curve (1 + factor*days/stability)**exponent, which is 0.9 at the stability."""
    decay = -scheduler().parameters[20]
    return 0.9 ** (1 / decay) - 1, decay


def _known_to_fsrs(card: Card | None) -> fsrs.Card:
    """The library's card. Without steps of minutes a card that was reviewed is always in the state of review."""
    import fsrs

    if card is None:
        return fsrs.Card(card_id=0)
    return fsrs.Card(
        card_id=0,  # given, since a card without one waits for the clock
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last.astimezone(UTC),
    )
