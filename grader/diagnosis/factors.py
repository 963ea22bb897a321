"""Right up to a factor: the sign, a constant, a dimension, a logarithm's base, a symbol of the question."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import numpy as np

from grader.equivalence import LEAST_POINTS, agreeing
from grader.formula.cases import Case
from grader.formula.names import lookup
from grader.formula.reading import Formula, evaluate
from grader.formula.shapes import broadcast
from grader.formula.symbols import Scope
from grader.formula.tree import Variable
from grader.samples import Samples, Values, full_shape
from grader.verdict import Feedback

MAX_NUMERATOR, MAX_DENOMINATOR = 1000, 12
BASES = {"2": math.log(2), "10": math.log(10)}
CLOSE = 1e-9


def constant_factor(got: Samples, expected: Samples) -> Feedback | None:
    """The answer is a constant times the key: -1, 2, 1/N, ln 2, ..."""
    ratios = _ratios(got, expected)
    if ratios is None:
        return None
    if _all_are(ratios, -1.0):
        return Feedback("formula.sign")
    for base, value in BASES.items():
        if _all_are(ratios, value) or _all_are(ratios, 1 / value):
            return Feedback("formula.log-base", {"base": base})
    factor = _factor_text(ratios, got)
    return Feedback("formula.factor", {"factor": factor}) if factor else None


def _all_are(ratios: list[float], value: float) -> bool:
    return all(abs(r - value) < CLOSE * abs(value) for r in ratios)


def _ratios(got: Samples, expected: Samples) -> list[float] | None:
    """got / expected for each case, where that is one number for all points and entries; else None."""
    found = []
    for mine, theirs in zip(got.values, expected.values, strict=True):
        usable = np.isfinite(mine) & np.isfinite(theirs)
        solid = usable & (np.abs(theirs) > 1e-12)
        if not solid.any():
            return None
        ratio = float(np.median(mine[solid] / theirs[solid]))
        if not np.isfinite(ratio) or ratio == 0:
            return None
        if (np.abs(mine - ratio * theirs)[usable] > CLOSE * np.abs(ratio * theirs)[usable] + 1e-12).any():
            return None
        found.append(ratio)
    return found


def _factor_text(ratios: list[float], got: Samples) -> str:
    """The constant that explains the ratios of all cases: a simple fraction, times dimensions above or below."""
    for powers in _dim_powers(sorted(got.cases[0].dims)):
        left = [r / _size(case, powers) for r, case in zip(ratios, got.cases, strict=True)]
        simple = Fraction(left[0]).limit_denominator(MAX_DENOMINATOR)
        if simple and abs(simple.numerator) <= MAX_NUMERATOR and _all_are(left, float(simple)):
            return _spelled(simple, powers)
    return ""


Powers = tuple[tuple[str, int], ...]  # dimension, 1 above or -1 below


def _dim_powers(dims: list[str]) -> Iterator[Powers]:
    """No dimension, then one, then two, each as a factor or a divisor."""
    yield ()
    for dim in dims:
        yield from (((dim, 1),), ((dim, -1),))
    for a, b in combinations(dims, 2):
        yield from (((a, p), (b, q)) for p in (1, -1) for q in (1, -1))


def _size(case: Case, powers: Powers) -> float:
    return math.prod(float(case.dims[dim]) ** power for dim, power in powers)


def _spelled(factor: Fraction, powers: Powers) -> str:
    above = [dim for dim, power in powers if power > 0]
    below = [dim for dim, power in powers if power < 0]
    mark, size = ("-" if factor < 0 else ""), abs(factor)
    top = "*".join(([str(size.numerator)] if size.numerator != 1 or not above else []) + above)
    bottom = "*".join(([str(size.denominator)] if size.denominator != 1 else []) + below)
    if not bottom:
        return mark + top
    return f"{mark}{top}/({bottom})" if "*" in bottom else f"{mark}{top}/{bottom}"


def symbol_factor(got: Samples, expected: Samples) -> Feedback | None:
    """A symbol of the question that, as a factor, is missing or one too many."""
    for name, values in _symbols(expected):
        lacking = [v * f for v, f in zip(got.values, values, strict=True)]
        spare = [v * f for v, f in zip(expected.values, values, strict=True)]
        if all_agree(lacking, expected.values):
            return Feedback("formula.missing-factor", {"factor": name})
        if all_agree(spare, got.values):
            return Feedback("formula.extra-factor", {"factor": name})
    return None


def _symbols(expected: Samples) -> Iterator[tuple[str, list[Values]]]:
    """Symbols and definitions whose shape broadcasts into the result's, with their values on the cases."""
    scope, shape = expected.formula.scope, expected.formula.shape
    for name in (*scope.symbols, *scope.definitions):
        variable = lookup(name, scope)
        if variable is None or broadcast(variable.shape, shape) != shape or full_shape(expected.formula) != shape:
            continue
        values = [_values(variable, scope, case) for case in expected.cases]
        missing = len(shape) - len(variable.shape)
        yield name, [v.reshape((v.shape[0],) + (1,) * missing + v.shape[1:]) for v in values]


def _values(variable: Variable, scope: Scope, case: Case) -> Values:
    if variable.kind == "symbol":
        return case.values[variable.name]
    return evaluate(Formula(variable, scope), case)


def all_agree(got: list[Values], expected: tuple[Values, ...]) -> bool:
    """True where the values agree at every point where both are finite, and there are such points."""
    points = 0
    for mine, theirs in zip(got, expected, strict=True):
        if mine.shape != theirs.shape:
            return False
        finite = np.isfinite(mine.reshape(len(mine), -1)).all(1) & np.isfinite(theirs.reshape(len(mine), -1)).all(1)
        points += int(finite.sum())
        if finite.any() and not agreeing(mine[finite], theirs[finite]).all():
            return False
    return points >= LEAST_POINTS
