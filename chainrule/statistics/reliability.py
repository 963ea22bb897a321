"""Reliability of a test: Cronbach's alpha, with the interval of Feldt 1965."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chainrule.statistics.answers import Answer
from chainrule.statistics.f_distribution import f_quantile
from chainrule.statistics.intervals import LEVEL, Estimate

FEWEST = 10  # students, below which the interval would be wider than it is of use
SAME = 1e-12  # a spread that is rounding alone


@dataclass(frozen=True)
class Reliability:
    """alpha: None where it does not apply, and then `reason` says why. parts: how many there are.

    without: by part, the alpha of all the others; empty where there are fewer than three.
    """

    alpha: Estimate | None
    reason: str = ""
    parts: int = 0
    without: tuple[tuple[str, float], ...] = ()


def reliability(answers: Sequence[Answer]) -> Reliability:
    """The reliability of the marks, over students with a verdict on every part."""
    asked: dict[str, dict[str, Answer]] = {}
    for one in answers:
        asked.setdefault(one.student, {})[one.item] = one
    items = list(next(iter(asked.values()), {}))
    if any(set(own) != set(items) for own in asked.values()):
        return Reliability(None, "not all were asked the same questions")
    if len(items) < 2:
        return Reliability(None, "it wants two parts or more", len(items))
    whole = [own for own in asked.values() if all(one.counts for one in own.values())]
    if len(whole) < FEWEST:
        return Reliability(None, f"too few: {len(whole)} of {FEWEST} students with a verdict on every part", len(items))
    marks = np.array([[own[item].earned for item in items] for own in whole])
    value = alpha(marks)
    if value is None:
        return Reliability(None, "all students have the same marks", len(items))
    without = {item: alpha(np.delete(marks, i, axis=1)) for i, item in enumerate(items)} if len(items) > 2 else {}
    told = tuple((item, other) for item, other in without.items() if other is not None)
    return Reliability(alpha_estimate(value, *marks.shape), "", len(items), told)


def alpha(marks: npt.NDArray[np.float64]) -> float | None:
    """Cronbach's alpha of marks in rows of students and columns of parts; None where all totals are the same."""
    students, parts = marks.shape
    if students < 2 or parts < 2:
        return None
    total = float(marks.sum(axis=1).var(ddof=1))
    if total < SAME:
        return None
    apart = float(marks.var(axis=0, ddof=1).sum())
    return float(parts / (parts - 1) * (1 - apart / total))


def alpha_estimate(value: float, students: int, parts: int) -> Estimate:
    """An alpha with its interval: (1 − α) / (1 − its estimate) has an F distribution where parts are alike."""
    first, second = students - 1, (students - 1) * (parts - 1)
    low = 1 - (1 - value) * f_quantile((1 + LEVEL) / 2, first, second)
    high = 1 - (1 - value) * f_quantile((1 - LEVEL) / 2, first, second)
    return Estimate(value, low, high, students)
