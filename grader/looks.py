"""A closer look at one point, in fractions or at many digits, where float64 alone must not decide.

Numbers reject only here, and never by rounding: a difference counts when fractions show it, or intervals that hold the
two sides for certain and do not meet. 50 digits settle most points where float64 left doubt, 250 the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from grader.formula.cases import Case
from grader.formula.intervals import are_apart
from grader.formula.precise import DIGITS
from grader.samples import MORE_DIGITS, Samples, Values

SAME = 1e-25  # relative difference at 50 digits that counts as none
RESIDUE = mpmath.mpf(10) ** -200  # a smaller gap may be what rounding leaves of terms that cancel
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

    A difference, "same", "one undefined", "both undefined", "unclear" where all digits cancel, or "open" where the two
    seem to differ and nothing proves it.
    """
    mine, theirs = got.values[case][point], expected.values[case][point]
    if _far_apart(mine, theirs):
        if _proved_apart(got, expected, case, point, DIGITS):
            return Different(got.cases[case], point, mine, theirs)
    elif _agree(got.precise(case, point), expected.precise(case, point)):
        return "same"
    return _confirmed(got, expected, case, point)


def _far_apart(mine: Values, theirs: Values) -> bool:
    """Whether all is finite and some entry differs so much that more digits will hardly take it back."""
    if not (np.isfinite(mine).all() and np.isfinite(theirs).all()):
        return False
    return bool((np.abs(mine - theirs) > APART * np.maximum(np.abs(mine), np.abs(theirs))).any())


def _confirmed(got: Samples, expected: Samples, case: int, point: int) -> Different | str:
    """The judgement at many digits, which only a difference or an undefined value asks for."""
    mine, theirs = (side.precise(case, point, MORE_DIGITS) for side in (got, expected))
    if mine is None or theirs is None:
        return "both undefined" if mine is None and theirs is None else "one undefined"
    if _agree(mine, theirs):
        return "same"
    if _proved_apart(got, expected, case, point, MORE_DIGITS):
        return Different(got.cases[case], point, mine.astype(np.float64), theirs.astype(np.float64))
    # 1 - tanh(9000)**2: all digits cancel; a gap that is more than what cancelling leaves is not explained by that
    return "unclear" if _widest(mine - theirs) < RESIDUE else "open"


def _widest(gap: Any) -> Any:
    return max(abs(g) for g in np.asarray(gap, dtype=object).reshape(-1))


def _proved_apart(got: Samples, expected: Samples, case: int, point: int, digits: int) -> bool:
    """Whether intervals that hold the two sides for certain do not meet in some entry."""
    mine, theirs = (side.intervals(case, point, digits) for side in (got, expected))
    if mine is None or theirs is None:
        return False
    return any(are_apart(a, b) for a, b in zip(mine.reshape(-1), theirs.reshape(-1), strict=True))


def _agree(mine: Any, theirs: Any) -> bool:
    """Whether both are defined and no entry differs by more than rounding, relative to its own size."""
    if mine is None or theirs is None:
        return False
    pairs = zip(mine.reshape(-1), theirs.reshape(-1), strict=True)
    return all(abs(a - b) <= SAME * max(abs(a), abs(b)) for a, b in pairs)
