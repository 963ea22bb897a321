"""The forecast: the score that an exam would bring, with its uncertainty, if practice ended now."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chainrule.schedule.cards import cards_of
from chainrule.schedule.material import Material
from chainrule.schedule.priors import first_sights
from chainrule.schedule.response import features, line, repetitions
from chainrule.schedule.reviews import Review

ITEMS = 30  # of the exam that is played
DRAWS = 400
CURVE_DRAWS = 150
POINTS = 30  # of the curve
FEW = 1e-6


@dataclass(frozen=True)
class Band:
    """A share of the marks: its mean, and the values below which 10, 50 and 90 of 100 exams lie."""

    mean: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """What an exam at `day` would bring. topics: of exams on one topic alone. seen: families practised so far.

    after: the time of the last review that it knows; None where there is none.
    """

    day: datetime
    score: Band
    seen: int
    families: int
    topics: Mapping[str, Band] = field(default_factory=dict)
    after: datetime | None = None


def forecast(
    reviews: Sequence[Review],
    families: Sequence[Material],
    day: datetime,
    *,
    seed: int,
    items: int = ITEMS,
    draws: int = DRAWS,
    by_topic: bool = True,
) -> Forecast | None:
    """The forecast of an exam of `items` families, drawn from `families` by chance, at `day`; None without families.

    Exams are played by chance: the learner's line, the families, the scores. What was seen scores as the learner's own
    log says of such recall; what was not, as the learner's first sights of that topic and level did.
    """
    if not families:
        return None
    ordered = sorted(families, key=lambda one: one.family)
    exam = _Exam(reviews, day)
    rng = random.Random(f"forecast:{seed}")
    whole = band([exam.played(ordered, items, rng) for _ in range(draws)])
    topics: dict[str, Band] = {}
    for topic in sorted({one.topic for one in ordered} if by_topic else ()):
        own = [one for one in ordered if one.topic == topic]
        topics[topic] = band([exam.played(own, items, rng) for _ in range(draws)])
    seen = sum(one.family in exam.rows for one in ordered)
    after = max((review.at for review in reviews), default=None)
    return Forecast(day, whole, seen, len(ordered), topics, after)


def curve(
    reviews: Sequence[Review],
    families: Sequence[Material],
    *,
    seed: int,
    exam: datetime | None = None,
    ahead: timedelta | None = None,
    points: int = POINTS,
) -> tuple[Forecast, ...]:
    """The forecast as it stood after each day with a review: for the exam, or for `ahead` from its last review on.

    Of more days than `points`, so many at even distances, the last among them. Days are those of the reviews' own zone.
    Raises ValueError with neither exam nor `ahead`.
    """
    if exam is None and ahead is None:
        raise ValueError("came neither `exam` nor `ahead`, expected one: the time that the forecasts are for")
    ordered = sorted(reviews, key=lambda review: review.at)
    ends = list({review.at.date(): count for count, review in enumerate(ordered, start=1)}.values())
    step = max(1, -(-len(ends) // points))
    found = []
    for end in ends[::-1][::step][::-1]:
        last = ordered[end - 1].at
        then = last + ahead if exam is None and ahead is not None else max(exam or last, last)
        found.append(forecast(ordered[:end], families, then, seed=seed, draws=CURVE_DRAWS, by_topic=False))
    return tuple(one for one in found if one is not None)


def band(scores: Sequence[float]) -> Band:
    """Mean and percentiles of the scores, of which there is one at least."""
    ranked = sorted(scores)
    low, middle, high = (ranked[round(share * (len(ranked) - 1))] for share in (0.1, 0.5, 0.9))
    return Band(sum(ranked) / len(ranked), low, middle, high)


class _Exam:
    """Plays exams of one learner on one day."""

    def __init__(self, reviews: Sequence[Review], day: datetime) -> None:
        self.sights = first_sights(reviews)
        self.line = line(repetitions(reviews))
        self.rows = {id: features(card, day) for id, card in cards_of(reviews).items()}

    def played(self, families: Sequence[Material], items: int, rng: random.Random) -> float:
        """The share of the marks in one exam. One draw stands for all unseen families of a topic and level."""
        slopes = self.line.draw(rng)
        unseen: dict[tuple[str, int], float] = {}
        asked = rng.sample(families, min(items, len(families)))
        earned = 0.0
        for one in asked:
            row, kind = self.rows.get(one.family), (one.topic, one.level)
            if row is None and kind not in unseen:
                unseen[kind] = rng.betavariate(*self.sights.beta(*kind))
            mean = unseen[kind] if row is None else sum(a * b for a, b in zip(slopes, row, strict=True))
            earned += one.marks * _score(mean, self.line.noise, rng)
        return earned / (sum(one.marks for one in asked) or 1.0)


def _score(mean: float, noise: float, rng: random.Random) -> float:
    """A score with that mean and variance, by a Beta distribution; all or nothing where there is none so wide."""
    mean = min(max(mean, 0.01), 0.99)
    weight = mean * (1 - mean) / noise - 1
    if weight <= FEW:
        return float(rng.random() < mean)
    return rng.betavariate(mean * weight, (1 - mean) * weight)
