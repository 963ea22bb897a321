"""Are two formulas the same function of the question's symbols?

Only numbers reject, and only after many digits have confirmed the difference; SymPy only confirms (`grader.prover`).

    shapes     must agree in named dimensions; a row and a column with the same entries agree
    sampling   every entry, at points with different sizes, scales and signs, compared relative to its size
    doubt      an entry that differs in float64 is evaluated again at many digits before it counts; so is one point
               of every pair that agrees, since `x + 1e-17` and `x` are one number in float64, and where both sides
               are rational there, they are compared as fractions
    defined    only points where both sides are real and finite are compared; there must be enough of them
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.formula.cases import is_moderate
from grader.formula.reading import Formula
from grader.formula.symbols import Shape
from grader.looks import Different, look, look_in_fractions
from grader.samples import Samples, Values, cases_of, full_shape, samples

AGREES = 1e-10  # relative difference in float64 that needs no closer look
LEAST_POINTS = 5
LOOKS_EFFORT = 10_000  # scalar steps at many digits for points where a side is undefined
DOUBTS_EFFORT = 300_000  # the same for points where both are finite and differ in float64
MANY_POINTS = 64  # for each setting of sizes, where too few of the first ones are defined


@dataclass(frozen=True)
class Equal:
    """The same function at every point compared. same_domain: both are defined at the same points."""

    points: int
    same_domain: bool = True


@dataclass(frozen=True)
class DifferentShape:
    """The shapes differ, so no value was compared."""

    got: Shape
    expected: Shape


@dataclass(frozen=True)
class Undecided:
    """Too few points at which both sides are defined, or one where they seem to differ and nothing proves it."""

    points: int


Comparison = Equal | Different | DifferentShape | Undecided


def compare(answer: Formula, key: Formula) -> Comparison:
    """How the answer relates to the key, both read in scopes with the same symbols."""
    if full_shape(answer) != full_shape(key):
        return DifferentShape(full_shape(answer), full_shape(key))
    cases = cases_of(key)
    found = compare_samples(samples(answer, cases), samples(key, cases))
    return compare_at_more_points(answer, key) if isinstance(found, Undecided) else found


def compare_at_more_points(answer: Formula, key: Formula) -> Comparison:
    """The same at many more points, for formulas that are defined at few."""
    cases = cases_of(key, MANY_POINTS)
    got = samples(answer, cases)
    return Undecided(0) if got.effort > LOOKS_EFFORT else compare_samples(got, samples(key, cases))


def compare_samples(got: Samples, expected: Samples) -> Comparison:
    """The same for values already computed on the same cases, with agreeing shapes."""
    spot = look_in_fractions(got, expected)
    if isinstance(spot, Different):
        return spot
    compared, same_domain = 0, True
    steps = got.effort + expected.effort
    # limited by count and not by the clock: the same on every machine
    looks, doubts = max(2, LOOKS_EFFORT // steps), max(4, DOUBTS_EFFORT // steps)
    for case in got.by_size:
        mine, theirs = got.values[case], expected.values[case]
        close, finite = agreeing(mine, theirs), _finite(mine) & _finite(theirs)
        for point in range(got.cases[case].points):
            is_spot = spot != "same" and point == 0 and case == got.by_size[0]
            if close[point] and not is_spot:
                compared += 1
                continue
            if finite[point] and not close[point]:
                if doubts == 0:
                    return Undecided(compared)  # what could not be looked at must not pass as agreeing
                doubts -= 1
            elif not is_spot:
                if not is_moderate(point) and expected.is_undefined(case, point):
                    continue  # nothing to compare with, and too far out to judge the domain by
                if looks == 0:
                    continue
                looks -= 1
            outcome = look(got, expected, case, point)
            if isinstance(outcome, Different):
                return outcome
            if outcome == "open" and is_moderate(point):
                return Undecided(compared)  # it differs, and nobody can prove that rounding is not to blame
            compared += outcome == "same"
            same_domain &= outcome != "one undefined" or not is_moderate(point)
    return Equal(compared, same_domain) if compared >= LEAST_POINTS else Undecided(compared)


def _finite(values: Values) -> NDArray[np.bool_]:
    """For each point, whether every entry is finite."""
    return np.asarray(np.isfinite(values.reshape(len(values), -1)).all(axis=1))


def agreeing(got: Values, expected: Values) -> NDArray[np.bool_]:
    """For each point, whether every entry agrees."""
    close = agreeing_entries(got, expected)
    return np.asarray(close.reshape(len(close), -1).all(axis=1))


def agreeing_entries(got: Values, expected: Values) -> NDArray[np.bool_]:
    """Where both are finite and agree relative to their own size."""
    with np.errstate(invalid="ignore", over="ignore"):
        size = np.maximum(np.abs(got), np.abs(expected))
        # an infinite size would make any two numbers agree
        return np.asarray((np.abs(got - expected) <= AGREES * size) & np.isfinite(size))
