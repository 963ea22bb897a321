"""Why not: what kind of slip turns the right formula into the one that was typed.

Every test compares sampled values, so a diagnosis is about the functions and not about how they were written.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from grader.equivalence import Different, Samples, Values, agree, full_shape, samples
from grader.formula.reading import Formula
from grader.formula.shapes import broadcast, shape_text
from grader.formula.tree import Variable
from grader.verdict import Feedback

FACTORS = tuple(Fraction(n, d) for n, d in ((2, 1), (1, 2), (3, 1), (1, 3), (4, 1), (1, 4)))


def diagnose(got: Samples, expected: Samples) -> Feedback | None:
    """What is wrong with a formula of the right shape, or None where nothing known fits."""
    ratio = _ratios(got, expected)
    if ratio is not None:
        if all(abs(r + 1) < 1e-9 for r in ratio):
            return Feedback("formula.sign")
        if factor := _factor_text(ratio, got):
            return Feedback("formula.factor", {"factor": factor})
    return _wrong_factor(got, expected)


def diagnose_shape(answer: Formula, key: Formula, cases_of_key: Samples) -> Feedback:
    """What is wrong with a formula of another shape: transposed, or simply not that shape."""
    if len(answer.shape) == 2 and answer.shape == key.shape[::-1] and not answer.free and not key.free:
        mine = samples(answer, cases_of_key.cases)
        pairs = zip(mine.values, cases_of_key.values, strict=True)
        if all(agree(np.swapaxes(a, 1, 2), b) for a, b in pairs):
            return Feedback("formula.transposed", {"expected": shape_text(key.shape)})
    got, expected = shape_text(full_shape(answer), answer.row), shape_text(full_shape(key), key.row)
    return Feedback("formula.shape", {"got": got, "expected": expected})


def counter_example(found: Different, answer: Formula) -> Feedback:
    """The test point where the two differ, in full for scalars, else the entry that differs most."""
    scalars = {n: v[found.point] for n, v in found.case.values.items() if v.ndim == 1}
    used = _names(answer)
    if found.got.ndim == 0 and len(scalars) == len(found.case.values) and 0 < len(scalars) <= 4:
        shown = ", ".join(f"{n} = {float(v):.4g}" for n, v in scalars.items() if n in used or len(scalars) < 3)
        data = {"values": shown, "got": _number(found.got), "expected": _number(found.expected)}
        return Feedback("formula.counter-example", data)
    gap = np.abs(found.got - found.expected)
    at = np.unravel_index(int(np.argmax(gap)), gap.shape)
    place = f"entry {tuple(int(i) + 1 for i in at)} is " if gap.ndim else "it is "
    data = {"got": place + _number(found.got[at]), "expected": _number(found.expected[at])}
    return Feedback("formula.different", data)


def _number(value: object) -> str:
    return f"{float(value):.4g}"  # type: ignore[arg-type]


def _names(formula: Formula) -> frozenset[str]:
    from grader.formula.tree import variables

    return frozenset(v.name for v in variables(formula.tree))


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
        if (np.abs(mine - ratio * theirs)[usable] > 1e-9 * np.abs(ratio * theirs)[usable] + 1e-12).any():
            return None
        found.append(ratio)
    return found


def _factor_text(ratios: list[float], got: Samples) -> str:
    """The constant that explains the ratios of all cases: a number, or built from one dimension."""
    for sign, mark in ((1, ""), (-1, "-")):
        for factor in (*FACTORS, Fraction(1)):
            if factor != 1 and all(abs(r - sign * float(factor)) < 1e-9 for r in ratios):
                return f"{mark}{factor}"
            for dim in sorted(got.cases[0].dims):
                for inverse in (False, True):
                    sizes = [float(case.dims[dim]) for case in got.cases]
                    wanted = [sign * float(factor) * (1 / n if inverse else n) for n in sizes]
                    if np.allclose(ratios, wanted, rtol=1e-9, atol=0):
                        return mark + _scaled(factor, dim, inverse)
    return ""


def _scaled(factor: Fraction, dim: str, inverse: bool) -> str:
    if inverse:
        bottom = dim if factor.denominator == 1 else f"({factor.denominator}*{dim})"
        return f"{factor.numerator}/{bottom}"
    top = dim if factor.numerator == 1 else f"{factor.numerator}*{dim}"
    return top if factor.denominator == 1 else f"{top}/{factor.denominator}"


def _wrong_factor(got: Samples, expected: Samples) -> Feedback | None:
    """A symbol of the question that, as a factor, is missing or one too many."""
    for name, values in _factors(expected):
        scaled = [v * f for v, f in zip(got.values, values, strict=True)]
        if _all_agree(scaled, expected.values):
            return Feedback("formula.missing-factor", {"factor": name})
        scaled = [v * f for v, f in zip(expected.values, values, strict=True)]
        if _all_agree(scaled, got.values):
            return Feedback("formula.extra-factor", {"factor": name})
    return None


def _factors(expected: Samples) -> Iterator[tuple[str, list[Values]]]:
    """Symbols and definitions whose shape broadcasts into the result's, with their values on the cases."""
    scope, shape = expected.formula.scope, expected.formula.shape
    for name in (*scope.symbols, *scope.definitions):
        found = scope.definitions[name].shape if name in scope.definitions else scope.symbols[name].shape
        if broadcast(found, shape) != shape or expected.formula.free:
            continue
        values = samples(Formula(Variable(name, _kind(name, expected.formula), found), scope), expected.cases).values
        yield (
            name,
            [v.reshape((v.shape[0],) + (1,) * (len(shape) - len(found)) + v.shape[1:]) for v in values],
        )


def _kind(name: str, formula: Formula) -> str:
    return "definition" if name in formula.scope.definitions else "symbol"


def _all_agree(got: list[Values], expected: tuple[Values, ...]) -> bool:
    return all(
        np.isfinite(a).all() and np.isfinite(b).all() and agree(a, b) for a, b in zip(got, expected, strict=True)
    )
