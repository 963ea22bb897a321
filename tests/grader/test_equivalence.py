"""What counts as the same formula, and what does not."""

from __future__ import annotations

import time

import pytest
from formula_scope import PROGRAM, SCOPE, formulas, scope_of, symbol
from hypothesis import given, settings

from grader.equivalence import DifferentShape, Equal, Undecided, compare
from grader.formula import read
from grader.formula.symbolic import proves_equal
from grader.looks import Different

EQUAL = [  # proved symbolically as well, unless marked
    ("X.T @ (sigmoid(X @ w) - y)", "-X.T @ (y - 1/(1 + exp(-X @ w)))", True),
    ("softmax(z)*sum(t) - t", "softmax(z) - t", True),  # t sums to one
    ("softmax(z)", "exp(z - max(z)) / sum(exp(z - max(z)))", True),
    ("log_softmax(z)", "z - logsumexp(z)", True),
    ("log(softmax(z))", "z - log(sum(exp(z)))", True),
    ("-sum(t*log(softmax(z)))", "logsumexp(z) - t.T @ z", True),
    ("tanh(c)", "2*sigmoid(2*c) - 1", True),
    ("1 - tanh(c)**2", "4*exp(2*c)/(exp(2*c) + 1)**2", True),
    ("sigmoid(c)*(1 - sigmoid(c))", "sigmoid(c)*sigmoid(-c)", True),
    ("relu(z)", "z * (z > 0)", True),
    ("abs(c)", "max(c, -c)", True),
    ("norm(x)**2", "x.T @ x", True),
    ("x / norm(x)", "x * (x.T @ x)**(-1/2)", True),
    ("var(x)", "mean(x**2) - mean(x)**2", True),
    ("(diag(softmax(z)) - softmax(z) @ softmax(z).T) @ g", "softmax(z) * (g - softmax(z).T @ g)", True),
    ("trace(A @ P)", "trace(P @ A)", True),
    ("inv(P) @ P @ x", "x", True),
    ("p**c", "exp(c*log(p))", True),
    ("Sum(t_i * z_i, i)", "t.T @ z", True),
    ("0.1 + 0.2", "0.3", True),
    ("log(1 + exp(c))", "max(c, 0) + log1p(exp(-abs(c)))", False),
    ("sin(c)**2 + cos(c)**2", "c**0", False),
    ("t_i * z_i", "t * z", False),  # free index against vector
    ("x.T", "x", True),  # a row and a column with the same entries
]

DIFFERENT = [
    ("x + 1e-17*x", "x"),
    ("c + 1e-40*1e-40", "c"),  # beyond 50 digits: told apart as fractions
    ("exp(10*c) + 1e-9", "exp(10*c)"),
    ("X.T @ (y - sigmoid(X @ w))", "X.T @ (sigmoid(X @ w) - y)"),
    ("A @ x", "A.T @ x"),
    ("X.T @ X @ w / N", "X.T @ X @ w"),
    ("relu(c)", "abs(c)"),
    ("softmax(X, axis=0)", "softmax(X)"),
    ("mean(z)", "sum(z)"),
    ("z_1", "z[1]"),
    ("log(p)", "log(p, 2)"),
    ("max(c, 0.01)", "max(c, 0)"),
    ("c**2", "abs(c)"),
]


@pytest.mark.parametrize(("answer", "key", "provable"), EQUAL)
def test_equal_formulas_are_equal_and_proved(answer: str, key: str, provable: bool) -> None:
    mine, theirs = read(answer, SCOPE), read(key, SCOPE)
    assert isinstance(compare(mine, theirs), Equal)
    assert proves_equal(mine, theirs) is provable


@pytest.mark.parametrize(("answer", "key"), DIFFERENT)
def test_different_formulas_are_told_apart_and_never_proved(answer: str, key: str) -> None:
    mine, theirs = read(answer, SCOPE), read(key, SCOPE)
    assert isinstance(compare(mine, theirs), Different)
    assert isinstance(compare(theirs, mine), Different)
    assert proves_equal(mine, theirs) is False


@settings(max_examples=100, deadline=None)
@given(formulas())
def test_a_formula_equals_itself_or_is_nowhere_defined(text: str) -> None:
    formula = read(text, SCOPE)
    assert isinstance(compare(formula, formula), Equal | Undecided)


@settings(max_examples=60, deadline=None)
@given(formulas(2))
def test_a_scaled_formula_differs_and_a_rewritten_one_does_not(text: str) -> None:
    formula = read(text, SCOPE)
    same = read(f"({text}) + ({text}) - ({text})", SCOPE)
    assert isinstance(compare(same, formula), Equal | Undecided)
    scaled = compare(read(f"1.2345 - 2*({text})", SCOPE), formula)  # t = 0.4115 is the only number it leaves alone
    assert not isinstance(scaled, Equal)


def test_a_formula_right_only_for_square_matrices_differs_in_shape() -> None:
    scope = scope_of(symbol("A", "N", "D"), symbol("B", "D", "N"))
    assert compare(read("A @ B", scope), read("B @ A", scope)) == DifferentShape(("N", "N"), ("D", "D"))


def test_a_difference_in_domain_is_reported() -> None:
    found = compare(read("2*log(c)", SCOPE), read("log(c**2)", SCOPE))
    assert isinstance(found, Equal)
    assert found.same_domain is False


def test_nowhere_defined_is_undecided() -> None:
    assert isinstance(compare(read("log(-p)", SCOPE), read("p", SCOPE)), Undecided)


def test_costly_formulas_that_are_nowhere_defined_are_given_up_by_count() -> None:
    costly = "Sum(Sum(" + " + ".join(["log(-p - i*j)"] * 40) + ", (i, 1, 10)), (j, 1, 10))"
    started = time.process_time()
    assert isinstance(compare(read(costly, SCOPE), read("p", SCOPE)), Undecided)
    assert time.process_time() - started < 15  # a minute without the limit


@pytest.mark.parametrize("effort", [0, 10_000])
def test_a_difference_is_never_passed_over_for_want_of_looks(effort: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.equivalence.LOOKS_EFFORT", effort)
    # undefined for negative c, where looks are spent, and wrong only far out
    answer = read("where(c > 1000, p + 1, p) + 0*log(c)", SCOPE)
    assert isinstance(compare(answer, read("p", SCOPE)), Different)


def test_a_forward_programs_names_may_be_used_in_answers() -> None:
    assert isinstance(compare(read("v - t", PROGRAM.scope), read("softmax(W @ x + b) - t", PROGRAM.scope)), Equal)


def test_a_tie_that_rounding_decides_rejects_nothing() -> None:
    key = read("where(exp(2*c) > exp(2*c), c, p)", SCOPE)
    assert isinstance(compare(read("where(exp(2*c) > expm1(2*c) + 1, c, p)", SCOPE), key), Equal | Undecided)
    assert isinstance(compare(read("where(exp(2*c) > expm1(2*c) + 2, c, p)", SCOPE), read("p", SCOPE)), Equal)
    assert isinstance(compare(read("where(c > 1, c, p)", SCOPE), read("p", SCOPE)), Different)


def test_what_cancels_beyond_all_digits_rejects_nothing() -> None:
    for answer, key in (
        ("((2*c)**c + p)**2 - ((2*c)**c - p)**2", "4*(2*c)**c*p"),
        ("(4**c + p)**2 - (4**c - p)**2", "4*4**c*p"),
        (
            "logsumexp(log_softmax(x))/(max(log_softmax(x)) + log(sum(exp(log_softmax(x) - max(log_softmax(x))))))",
            "0*c + 1",
        ),
    ):
        mine, theirs = read(answer, SCOPE), read(key, SCOPE)
        assert not isinstance(compare(mine, theirs), Different)
        assert not isinstance(compare(theirs, mine), Different)


@pytest.mark.parametrize(("answer", "key"), [("0.5**c", "(c - c)**c"), ("(p - p)**c + 1", "(c - c)**c")])
def test_what_cannot_be_enclosed_is_not_taken_for_equal(answer: str, key: str) -> None:
    mine, theirs = read(answer, SCOPE), read(key, SCOPE)
    assert isinstance(compare(mine, theirs), Different | Undecided)
    assert isinstance(compare(theirs, mine), Different | Undecided)
