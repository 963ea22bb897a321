"""A formula's values on the cases of a key: in float64 for all points at once, more precisely where a look is taken."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.formula.cases import POINTS, Case, sample_cases
from grader.formula.exact_value import rational_value
from grader.formula.intervals import interval_value, lifted_intervals
from grader.formula.positions import Environment
from grader.formula.precise import DIGITS, Undefined, lifted, precise_value
from grader.formula.ranges import effort, index_range
from grader.formula.reading import Formula, evaluate, over_free
from grader.formula.symbols import Shape

MORE_DIGITS = 250
VERSION = "1"  # part of the seed of the cases: change it when the judging changes

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Samples:
    """A formula's values on its key's cases: one array (P, *shape) for each case."""

    formula: Formula
    cases: tuple[Case, ...]
    values: tuple[Values, ...]

    # what was computed once, by case, point and digits
    known: dict[tuple[int, int, int], Any] = field(default_factory=dict, repr=False)
    enclosed: dict[tuple[int, int, int], Any] = field(default_factory=dict, repr=False)

    def precise(self, case: int, point: int, digits: int = DIGITS) -> Any:
        """The value at that many digits at a point of the case of that number; None where undefined."""
        place = (case, point, digits)
        if place not in self.known:
            self.known[place] = _precise(self.formula, self.cases[case], point, digits)
        return self.known[place]

    def intervals(self, case: int, point: int, digits: int = DIGITS) -> Any:
        """Intervals that hold the value at a point of the case of that number; None where there are none."""
        place = (case, point, digits)
        if place not in self.enclosed:
            self.enclosed[place] = _intervals(self.formula, self.cases[case], point, digits)
        return self.enclosed[place]

    @functools.cached_property
    def rational_spot(self) -> Any:
        """The value at the first point of the smallest case in fractions.

        None where it is undefined or a step leaves the rational numbers.
        """
        if self.formula.free:
            return None
        case = self.cases[self.by_size[0]]
        values = {name: array[0] for name, array in case.exact.items()}
        try:
            value = rational_value(self.formula.tree, Environment(self.formula.scope, case.dims, values))
        except Undefined:
            return None
        return None if value is None else value.reshape(_kept(self.formula, value.shape))

    def is_undefined(self, case: int, point: int) -> bool:
        """Whether there is no real value at a point of the case of that number, however many digits are spent."""
        finite = np.isfinite(self.values[case][point]).all()
        return not finite and all(self.precise(case, point, digits) is None for digits in (DIGITS, MORE_DIGITS))

    @functools.cached_property
    def by_size(self) -> tuple[int, ...]:
        """The numbers of the cases, those with the smallest sizes first: a look there costs least."""
        return tuple(sorted(range(len(self.cases)), key=lambda i: sum(self.cases[i].dims.values())))

    @functools.cached_property
    def effort(self) -> int:
        """About how many scalar steps a look takes."""
        return effort(self.formula.tree)


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


def _precise(formula: Formula, case: Case, point: int, digits: int) -> Any:
    """The value at one point at that many digits; None where undefined."""
    return _at_point(formula, case, lifted(case, point, digits), lambda env: precise_value(formula.tree, env, digits))


def _intervals(formula: Formula, case: Case, point: int, digits: int) -> Any:
    """Intervals that hold the value at one point; None where an index leaves its range."""
    values = lifted_intervals(case, point, digits)
    return _at_point(formula, case, values, lambda env: interval_value(formula.tree, env, digits))


def _at_point(formula: Formula, case: Case, values: Mapping[str, Any], one: Callable[[Environment], Any]) -> Any:
    """`one` of the values, free indices as further axes; None where undefined."""
    env = Environment(formula.scope, case.dims, values)
    try:
        value = over_free(formula, env, one, np)
    except Undefined:
        return None
    return value.reshape(_kept(formula, value.shape))
