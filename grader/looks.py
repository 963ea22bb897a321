"""A closer look at one point, in fractions or at many digits, where float64 alone must not decide.

Numbers reject only here: a difference counts when 250 digits confirm it. 50 digits settle most points where float64
left doubt; where both sides are rational at the spot, fractions settle it for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from grader.formula.cases import Case
from grader.samples import MORE_DIGITS, Samples, Values

SAME = 1e-25  # relative difference at 50 digits that counts as none
UNCLEAR = mpmath.mpf(10) ** -200  # a smaller gap may be what rounding leaves of terms that cancel
APART = 1e-3  # relative difference in float64 that 50 digits will hardly take back


@dataclass(frozen=True)
class Different:
    """Not the same function. case, point: where it shows; got, expected: the values there, as arrays."""

    case: Case
    point: int
    got: Values
    expected: Values


def look_in_fractions(got: Samples, expected: Samples) -> Different | str:
    """The judgement at the spot: a difference, "same", or "unclear" where a side is not rational there."""
    if (theirs := expected.rational_spot) is None or (mine := got.rational_spot) is None:
        return "unclear"
    if all(a == b for a, b in zip(mine.reshape(-1), theirs.reshape(-1), strict=True)):
        return "same"
    return Different(got.cases[got.by_size[0]], 0, mine.astype(np.float64), theirs.astype(np.float64))


def look(got: Samples, expected: Samples, case: int, point: int) -> Different | str:
    """The judgement at a point of the case of that number.

    A difference, "same", "one undefined", "both undefined" or "unclear".
    """
    if not _far_apart(got.values[case][point], expected.values[case][point]):
        mine, theirs = got.precise(case, point), expected.precise(case, point)
        if mine is not None and theirs is not None and not _differ(mine, theirs):
            return "same"
    return _confirmed(got, expected, case, point)


def _far_apart(mine: Values, theirs: Values) -> bool:
    """Whether some entry differs so much that the confirming digits can be asked at once."""
    with np.errstate(invalid="ignore", over="ignore"):
        return bool((np.abs(mine - theirs) > APART * np.maximum(np.abs(mine), np.abs(theirs))).any())


def _confirmed(got: Samples, expected: Samples, case: int, point: int) -> Different | str:
    """The judgement at many digits, which only a difference or an undefined value asks for."""
    mine, theirs = (side.precise(case, point, MORE_DIGITS) for side in (got, expected))
    if mine is None or theirs is None:
        return "both undefined" if mine is None and theirs is None else "one undefined"
    if not _differ(mine, theirs):
        return "same"
    if _widest(mine - theirs) < UNCLEAR:
        return "unclear"  # 1 - tanh(9000)**2: all digits cancel
    return Different(got.cases[case], point, mine.astype(np.float64), theirs.astype(np.float64))


def _differ(mine: Any, theirs: Any) -> bool:
    """True where an entry differs by more than rounding, relative to its own size."""
    pairs = zip(mine.reshape(-1), theirs.reshape(-1), strict=True)
    return any(abs(a - b) > SAME * max(abs(a), abs(b)) for a, b in pairs)


def _widest(gap: Any) -> Any:
    return max(abs(g) for g in np.asarray(gap, dtype=object).reshape(-1))
