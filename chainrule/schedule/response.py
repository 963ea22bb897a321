"""How a learner's scores follow recall: a line fitted to the log, with the uncertainty of the fit.

    score = a + b*recall + c*(mean of the earlier scores)    a, b, c: normal around PRIOR before any review

FSRS's curve is that of other people: the line turns its recall into what this learner makes of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chainrule.schedule.cards import Card, retrievability, reviewed, scheduler
from chainrule.schedule.reviews import Review

PRIOR = (0.05, 0.65, 0.2)
SPREAD = (0.15, 0.3, 0.2)  # standard deviations of the prior
NOISE = 0.12  # variance of a score around the line, before any review
NOISE_WEIGHT = 10  # reviews that this figure counts for
ROUNDS = 5  # of noise and line in turn, which settle at once


@dataclass(frozen=True)
class Repetition:
    """A review of a family that was seen before: its card before it, and what came."""

    card: Card
    at: datetime
    score: float


@dataclass(frozen=True)
class Line:
    """The fit. mean: of a, b, c; root: lower triangle L with L @ L.T their covariance; noise: variance around it."""

    mean: tuple[float, ...]
    root: tuple[tuple[float, ...], ...]
    noise: float

    def draw(self, rng: random.Random) -> tuple[float, ...]:
        """Coefficients that may be the learner's."""
        normal = [rng.gauss(0.0, 1.0) for _ in self.mean]
        moved = (sum(factor * z for factor, z in zip(row, normal, strict=True)) for row in self.root)
        return tuple(mean + move for mean, move in zip(self.mean, moved, strict=True))


def repetitions(reviews: Iterable[Review]) -> tuple[Repetition, ...]:
    """Every repetition in the log with the card before it."""
    by_fsrs = scheduler()
    cards: dict[str, Card] = {}
    found = []
    for review in sorted(reviews, key=lambda review: (review.at, review.family)):
        card = cards.get(review.family)
        if card is not None:
            found.append(Repetition(card, review.at, review.score))
        cards[review.family] = reviewed(card, review, by_fsrs)
    return tuple(found)


def features(card: Card, at: datetime) -> tuple[float, float, float]:
    """What a score at `at` is told from: 1, recall then, and the mean score so far."""
    return 1.0, retrievability(card, at), card.score


def line(found: Sequence[Repetition]) -> Line:
    """The line of these repetitions; the prior's without any. Bishop 2006, equations 3.50 and 3.51."""
    import numpy as np

    prior, weight = np.array(PRIOR), np.diag(1 / np.array(SPREAD) ** 2)
    x = np.array([features(one.card, one.at) for one in found]).reshape(-1, len(PRIOR))
    residual = np.array([one.score for one in found]) - x @ prior
    noise = NOISE
    for _ in range(ROUNDS):
        covariance = np.linalg.inv(weight + x.T @ x / noise)
        move = covariance @ x.T @ residual / noise
        rest = residual - x @ move
        noise = float((NOISE * NOISE_WEIGHT + rest @ rest) / (NOISE_WEIGHT + len(found)))
    root = np.linalg.cholesky(covariance)
    return Line(tuple(map(float, prior + move)), tuple(tuple(map(float, row)) for row in root), noise)
