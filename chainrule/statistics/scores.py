"""How the students of a class did as a whole: the spread of their scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, stdev

from chainrule.statistics.answers import Answer

BINS = 10


@dataclass(frozen=True)
class ScoreFigures:
    """Shares of the marks over n students; those whose every part lacks a verdict are left out.

    bins: students by tenths of the marks, full marks in the last. The mean and the others are 0 for nobody.
    """

    n: int
    mean: float
    median: float
    spread: float
    bins: tuple[int, ...]


def score_figures(answers: Sequence[Answer]) -> ScoreFigures:
    """The spread of the scores."""
    earned: dict[str, float] = {}
    possible: dict[str, float] = {}
    for one in answers:
        if one.counts:
            earned[one.student] = earned.get(one.student, 0.0) + one.earned
            possible[one.student] = possible.get(one.student, 0.0) + one.marks
    shares = [earned[student] / most for student, most in possible.items() if most > 0]
    bins = [0] * BINS
    for share in shares:
        bins[min(BINS - 1, int(share * BINS + 1e-9))] += 1
    if not shares:
        return ScoreFigures(0, 0.0, 0.0, 0.0, tuple(bins))
    spread = stdev(shares) if len(shares) > 1 else 0.0
    return ScoreFigures(len(shares), fmean(shares), median(shares), spread, tuple(bins))
