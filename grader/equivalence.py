"""Are two formulas the same function of the question's symbols?

Only numbers reject, and only after 50 digits have confirmed the difference; SymPy only confirms (`grader.prover`).

    shapes     must agree in named dimensions; a row and a column with the same entries agree
    sampling   every entry, at points with different sizes, scales and signs, compared relative to its size
    doubt      an entry that differs in float64 is evaluated again at 50 digits before it counts; so is one point
               of every pair that agrees, since `x + 1e-17` and `x` are one number in float64, and where both sides
               are rational there, they are compared as fractions
    defined    only points where both sides are real and finite are compared; there must be enough of them
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

import mpmath
import numpy as np
from numpy.typing import NDArray

from grader.formula.cases import POINTS, Case, is_moderate, sample_cases
from grader.formula.exact_value import rational_value
from grader.formula.positions import Environment, Index
from grader.formula.precise import DIGITS, Undefined, precise_value
from grader.formula.ranges import effort, index_range
from grader.formula.reading import Formula, evaluate
from grader.formula.symbols import Shape

VERSION = "1"  # part of the seed of the cases: change it when the judging changes
AGREES = 1e-10  # relative difference in float64 that needs no second look
SAME = 1e-25  # relative difference at 50 digits that counts as none
MORE_DIGITS = 250
UNCLEAR = mpmath.mpf(10) ** -200  # a smaller gap may be what rounding leaves of terms that cancel
LEAST_POINTS = 5
LOOKS_EFFORT = 10_000  # scalar steps at 50 digits for points where a side is undefined
DOUBTS_EFFORT = 300_000  # the same for points where both are finite and differ in float64
MANY_POINTS = 64  # for each setting of sizes, where too few of the first ones are defined

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Equal:
    """The same function at every point compared. same_domain: both are defined at the same points."""

    points: int
    same_domain: bool = True


@dataclass(frozen=True)
class Different:
    """Not the same function. case, point: where it shows; got, expected: the values there, as arrays."""

    case: Case
    point: int
    got: Values
    expected: Values


@dataclass(frozen=True)
class DifferentShape:
    """The shapes differ, so no value was compared."""

    got: Shape
    expected: Shape


@dataclass(frozen=True)
class Undecided:
    """Too few points at which both sides are defined."""

    points: int


Comparison = Equal | Different | DifferentShape | Undecided


@dataclass(frozen=True, eq=False)
class Samples:
    """A formula's values on its key's cases: one array (P, *shape) for each case."""

    formula: Formula
    cases: tuple[Case, ...]
    values: tuple[Values, ...]

    known: dict[tuple[int, int], Any] = field(default_factory=dict, repr=False)  # precise values, once computed

    def precise(self, case: Case, point: int) -> Any:
        """The value at 50 digits at a point of one of the cases; None where undefined."""
        place = (self.cases.index(case), point)
        if place not in self.known:
            self.known[place] = _precise(self.formula, case, point)
        return self.known[place]

    @functools.cached_property
    def rational_spot(self) -> Any:
        """The value there in fractions; None where it is undefined or a step leaves the rational numbers."""
        values = {name: array[0] for name, array in self.smallest.exact.items()}
        env = Environment(self.formula.scope, self.smallest.dims, values)
        try:
            return None if self.formula.free else rational_value(self.formula.tree, env)
        except Undefined:
            return None

    @property
    def smallest(self) -> Case:
        """The case with the smallest sizes."""
        return min(self.cases, key=lambda case: sum(case.dims.values()))


def cases_of(key: Formula, points: int = POINTS) -> tuple[Case, ...]:
    """The cases on which answers to this key are compared: fixed by the key, its symbols and the version."""
    return sample_cases(key.scope, seed=f"{VERSION}:{key.text()}", points=points)


def samples(formula: Formula, cases: tuple[Case, ...]) -> Samples:
    """The formula's values on the cases, without the axes of size 1 that `keepdims` and `None` leave."""
    values = (evaluate(formula, case) for case in cases)
    return Samples(formula, cases, tuple(v.reshape(v.shape[:1] + _kept(formula, v.shape[1:])) for v in values))


def full_shape(formula: Formula) -> Shape:
    """The formula's shape with one more axis for each free index, without axes of size 1."""
    return tuple(dim for dim in _all_dims(formula) if dim != 1)


def _all_dims(formula: Formula) -> Shape:
    scope = formula.scope
    return formula.shape + tuple(
        scope.indices.get(name) or index_range(name, formula.tree) or "?" for name in formula.free
    )


def _kept(formula: Formula, sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(size for size, dim in zip(sizes, _all_dims(formula), strict=True) if dim != 1)


def compare(answer: Formula, key: Formula) -> Comparison:
    """How the answer relates to the key, both read in scopes with the same symbols."""
    if full_shape(answer) != full_shape(key):
        return DifferentShape(full_shape(answer), full_shape(key))
    cases = cases_of(key)
    found = compare_samples(samples(answer, cases), samples(key, cases))
    return compare_at_more_points(answer, key) if isinstance(found, Undecided) else found


def compare_at_more_points(answer: Formula, key: Formula) -> Comparison:
    """The same at many more points, for formulas that are defined at few."""
    if effort(answer.tree) > LOOKS_EFFORT:
        return Undecided(0)
    cases = cases_of(key, MANY_POINTS)
    return compare_samples(samples(answer, cases), samples(key, cases))


def compare_samples(got: Samples, expected: Samples) -> Comparison:
    """The same for values already computed on the same cases, with agreeing shapes."""
    compared, same_domain = 0, True
    steps = effort(got.formula.tree) + effort(expected.formula.tree)
    # limited by count and not by the clock: the same on every machine
    looks, doubts = max(2, LOOKS_EFFORT // steps), max(4, DOUBTS_EFFORT // steps)
    for case, mine, theirs in zip(got.cases, got.values, expected.values, strict=True):
        close, finite = agreeing(mine, theirs), _finite(mine) & _finite(theirs)
        for point in range(case.points):
            is_spot = case is got.smallest and point == 0
            if close[point] and not is_spot:
                compared += 1
                continue
            if finite[point] and not close[point]:
                if doubts == 0:
                    return Undecided(compared)  # what could not be looked at must not pass as agreeing
                doubts -= 1
            elif not is_spot:
                if looks == 0:
                    continue
                looks -= 1
            outcome = _second_look(got, expected, case, point, is_spot)
            if isinstance(outcome, Different):
                return outcome
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


def _second_look(got: Samples, expected: Samples, case: Case, point: int, is_spot: bool) -> Different | str:
    """The judgement in fractions or at 50 digits, and at more where those do not agree.

    A difference, "same", "one undefined", "both undefined" or "unclear".
    """
    if is_spot and got.rational_spot is not None and expected.rational_spot is not None:
        pairs = zip(got.rational_spot.reshape(-1), expected.rational_spot.reshape(-1), strict=True)
        if all(a == b for a, b in pairs):
            return "same"
        return Different(case, point, *(_floats(s) for s in (got, expected)))
    mine, theirs = got.precise(case, point), expected.precise(case, point)
    if mine is not None and theirs is not None and not _differ(mine, theirs):
        return "same"
    return _third_look(got.formula, expected.formula, case, point)


def _third_look(answer: Formula, key: Formula, case: Case, point: int) -> Different | str:
    """The judgement at many more digits, which only a difference or an undefined value asks for."""
    mine, theirs = _precise(answer, case, point, MORE_DIGITS), _precise(key, case, point, MORE_DIGITS)
    if mine is None or theirs is None:
        return "both undefined" if mine is None and theirs is None else "one undefined"
    if not _differ(mine, theirs):
        return "same"
    if _widest(mine - theirs) < UNCLEAR:
        return "unclear"  # 1 - tanh(9000)**2: all digits cancel
    return Different(case, point, mine.astype(np.float64), theirs.astype(np.float64))


def _differ(mine: Any, theirs: Any) -> bool:
    """True where an entry differs by more than rounding, relative to its own size."""
    pairs = zip(mine.reshape(-1), theirs.reshape(-1), strict=True)
    return any(abs(a - b) > SAME * max(abs(a), abs(b)) for a, b in pairs)


def _widest(gap: Any) -> Any:
    return max(abs(g) for g in np.asarray(gap, dtype=object).reshape(-1))


def _floats(of: Samples) -> Values:
    value = of.rational_spot.astype(np.float64)
    return np.asarray(value.reshape(_kept(of.formula, value.shape)))


def _precise(formula: Formula, case: Case, point: int, digits: int = DIGITS) -> Any:
    """The value at one point at that many digits, free indices as further axes; None where undefined."""
    values = {name: array[point] for name, array in case.exact.items()}
    env = Environment(formula.scope, case.dims, values)
    try:
        value = _over_free(formula, env, formula.free, digits)
    except Undefined:
        return None
    return value.reshape(_kept(formula, value.shape))


def _over_free(formula: Formula, env: Environment, names: tuple[str, ...], digits: int) -> Any:
    if not names:
        return precise_value(formula.tree, env, digits)
    dim = formula.scope.indices.get(names[-1]) or index_range(names[-1], formula.tree) or 1
    sizes = range(env.sizes((dim,))[0])
    slices = [_over_free(formula, env.at(names[-1], Index(k, True)), names[:-1], digits) for k in sizes]
    return np.stack(slices, axis=-1)
