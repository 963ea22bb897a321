"""Intervals hold the value for certain, stay narrow where nothing cancels, and prove nothing where all cancels."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
from formula_scope import SCOPE, formulas
from hypothesis import given, settings

from grader.formula import read
from grader.formula.cases import sample_cases
from grader.formula.intervals import are_apart, interval_context, interval_value, lifted_intervals
from grader.formula.positions import Environment
from grader.formula.precise import Undefined, lifted, precise_value

CASES = sample_cases(SCOPE, seed="intervals")
FUNCTIONS = (
    "exp log sqrt expm1 log1p sin cos tan cot sec csc sinh cosh tanh sigmoid softplus arcsin arccos arctan arcsinh "
    "arccosh arctanh erf floor ceil abs sign relu gelu softmax log_softmax logsumexp norm var std max min prod"
).split()
FORMULAS = [
    *(f"{name}(x)" for name in FUNCTIONS),
    *("x**3", "x**(-2)", "p**c", "x/w", "maximum(x, w)", "minimum(x, w)", "clip(x, -1, 1)", "where(x > w, x, 2*w)"),
    *(
        "(x >= w) + (x < c) + (x == x) + (x != w)",
        "inv(P)",
        "det(A)",
        "A^3",
        "leaky_relu(x, 0.1)",
        "log(p, 2)",
        "pi*e*c",
    ),
]


def at(text: str, case: int, point: int, digits: int) -> tuple[object, object]:
    """Intervals at that many digits, and the value at twice as many."""
    formula, where = read(text, SCOPE), CASES[case]
    held = interval_value(formula.tree, Environment(SCOPE, where.dims, lifted_intervals(where, point, digits)), digits)
    try:
        value = precise_value(
            formula.tree, Environment(SCOPE, where.dims, lifted(where, point, 2 * digits)), 2 * digits
        )
    except Undefined:
        value = None
    return held, value


@pytest.mark.parametrize("name", ["tanh", "arctan", "arcsin", "arcsinh", "arctanh", "erf", "sinh", "sin", "expm1"])
def test_a_zero_of_a_function_is_exact(name: str) -> None:
    """So that `tanh(0) == 0` in a key is settled."""
    held, _ = at(f"where({name}(0) == 0, 1, 2)", 0, 0, 50)
    assert held.reshape(-1)[0] == mpmath.iv.mpf(1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", FORMULAS)
def test_an_interval_holds_the_value(text: str) -> None:
    narrow = 0
    for case in range(len(CASES)):
        for point in range(CASES[case].points):
            held, value = at(text, case, point, 50)
            if value is None:
                continue
            for interval, number in zip(held.reshape(-1), value.reshape(-1), strict=True):  # type: ignore[attr-defined]
                assert number in interval, f"{number} is not in {interval}"
                narrow += bool(interval.delta.b <= mpmath.mpf(10) ** -30 * max(1, abs(number)))
    assert narrow > 5, "no interval says anything"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(formulas())
def test_random_formulas_lie_in_their_intervals(text: str) -> None:
    try:
        held, value = at(text, 0, 0, 50)
    except Undefined:
        return
    if value is not None:
        for interval, number in zip(held.reshape(-1), value.reshape(-1), strict=True):  # type: ignore[attr-defined]
            assert number in interval


def test_what_cancels_wholly_proves_nothing() -> None:
    cancels, zero = (at(text, 0, 9, 50)[0] for text in ("(exp(p) + c)**2 - (exp(p) - c)**2 - 4*c*exp(p)", "0*c"))
    assert not are_apart(cancels[()], zero[()])  # type: ignore[index]


def test_intervals_that_do_not_meet_are_apart() -> None:
    iv = interval_context(50)
    assert are_apart(iv.mpf([1, 2]), iv.mpf([3, 4]))
    assert are_apart(iv.mpf([3, 4]), iv.mpf([1, 2]))
    assert not are_apart(iv.mpf([1, 3]), iv.mpf([2, 4]))
    assert not are_apart(iv.mpf([1, 2]), iv.mpf([2, 4]))
    assert not are_apart(iv.mpf(["-inf", "inf"]), iv.mpf(0))


def test_cases_are_lifted_exactly() -> None:
    values = lifted_intervals(CASES[0], 6, 50)
    assert all(interval.delta == 0 for interval in values["x"])
    assert [float(interval.a.mid) for interval in values["x"]] == np.asarray(CASES[0].values["x"][6]).tolist()
