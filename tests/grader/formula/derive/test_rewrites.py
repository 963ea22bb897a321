"""Each rewrite rule does what its name says, and keeps the value, the shape, and how a vector lies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from formula_scope import scope_of, symbol

from grader.formula.cases import sample_cases
from grader.formula.derive.simplify import MOST_WEIGHT, RULES, SIDEWAYS, Simplifier
from grader.formula.reading import Formula, evaluate, read
from grader.formula.symbols import Scope
from grader.formula.tree import Apply

SYMBOLS = scope_of(
    symbol("X", "N", "D"),
    symbol("A", "D", "D"),
    symbol("B", "D", "D"),
    symbol("x", "D"),
    symbol("w", "D"),
    symbol("v", "N"),
    symbol("z", "K"),
    symbol("t", "K", domain="one_hot"),
    symbol("T", "N", "K", domain="simplex"),
    symbol("c"),
    symbol("p", domain="positive"),
)
SCOPE = SYMBOLS.define("y", read("softmax(z)", SYMBOLS)).define("m", read("mean(X, axis=0)", SYMBOLS))

EXAMPLES = [
    ("times_zero", "0*x", "zeros(D)"),
    ("times_zero", "zeros(N, D) @ x", "zeros(N)"),
    ("times_zero", "sum(zeros(D))", "0"),
    ("times_one", "1*x", "x"),
    ("times_one", "x*ones(D)", "x"),
    ("times_one", "x/1", "x"),
    ("plus_zero", "x + 0", "x"),
    ("plus_zero", "0 - x", "-x"),
    ("ones_in_product", "c*ones(D)*x", "c * x"),
    ("ones_in_sum", "X + ones(N, D)*c", "X + c"),
    ("signs", "-(-x)", "x"),
    ("signs", "-(x - w)", "w - x"),
    ("signs", "x + (-w)", "x - w"),
    ("signs", "(-x)*w", "-(x * w)"),
    ("signs", "(-A) @ (-x)", "A @ x"),
    ("signs", "sum(-x)", "-sum(x)"),
    ("scalar_out", "A @ (c*x)", "c * (A @ x)"),
    ("scalar_out", "(A/c) @ x", "A @ x / c"),
    ("scalar_out", "(c*x).T @ w", "c * (x.T @ w)"),
    ("identity", "eye(D) @ x", "x"),
    ("identity", "A @ eye(D)", "A"),
    ("turned_back", "(A @ B.T).T", "B @ A.T"),
    ("turned_back", "(c*A).T", "c * A.T"),
    ("turned_back", "diag(x).T", "diag(x)"),
    ("turned_back", "eye(D).T", "eye(D)"),
    ("turned_back", "outer(v, x).T", "x @ v.T"),
    ("product_with_ones", "x @ ones(D)", "sum(x)"),
    ("product_with_ones", "X @ ones(D)", "sum(X, axis=1)"),
    ("product_with_ones", "X.T @ ones(N)", "sum(X, axis=0)"),
    ("sum_of_distribution", "sum(t)", "1"),
    ("sum_of_distribution", "sum(T, axis=1)", "ones(N)"),
    ("sum_of_distribution", "sum(softmax(X, axis=0), axis=0)", "ones(D)"),
    ("sum_of_distribution", "sum(y)", "1"),
    ("sum_of_deviations", "sum(x - mean(x))", "0"),
    ("sum_of_deviations", "sum(X - m, axis=0)", "zeros(D)"),
    ("constants_out", "sum(2*c*x)", "2 * c * sum(x)"),
    ("constants_out", "sum(x/sum(x))", "1"),
    ("constants_out", "sum(x*sum(x))", "sum(x)**2"),
    ("constants_out", "sum(c*x/sum(x)**2)", "c / sum(x)"),
    ("constants_out", "mean(x/p)", "mean(x) / p"),
    ("constants_out", "sum(x*X, axis=0)", "sum(X, axis=0) * x"),
    ("sum_over_count", "sum(x)/D", "mean(x)"),
    ("sum_over_count", "c*sum(X, axis=0)/N", "c * mean(X, axis=0)"),
    ("sum_over_count", "sum(X)/(N*D)", "mean(X)"),
    ("cancelled", "x/p*p", "x"),
    ("cancelled", "2*x*x/4", "x**2 / 2"),
    ("cancelled", "sqrt(p)*sqrt(p)", "p"),
    ("cancelled", "c*sqrt(p)/p", "c / sqrt(p)"),
    ("cancelled", "p*c/sqrt(p)", "c * sqrt(p)"),
    ("distributed", "p*(1 - c/p)", "p - c"),
    ("expanded", "c*(1 - p) - p*(1 - c)", "c - p"),
    ("expanded", "x + x", "2 * x"),
    ("factored_out", "x/p - w/p", "(x - w) / p"),
    ("factored_out", "2*x + 2*w", "2 * (x + w)"),
    ("in_a_row", "c*(x*w)", "c * x * w"),
    ("in_a_row", "c*(x/p)", "c * x / p"),
]
REFUSED = [
    ("times_one", "ones(D)*c"),
    ("sum_of_distribution", "sum(T, axis=0)"),
    ("sum_of_distribution", "sum(T)"),
    ("sum_of_deviations", "sum(X - m, axis=1)"),
    ("sum_of_deviations", "sum(x - mean(w))"),
    ("constants_out", "sum(x*w)"),
    ("constants_out", "sum(x*X, axis=1)"),
    ("sum_over_count", "sum(x)/N"),
    ("sum_over_count", "sum(X, axis=0)/D"),
    ("turned_back", "A.T"),
    ("product_with_ones", "x @ w"),
    ("scalar_out", "A @ x"),
    ("factored_out", "x/p - w/c"),
    ("identity", "A @ x"),
    ("ones_in_product", "c*ones(D)"),
]


def value(formula: Formula) -> list[np.ndarray]:
    """The formula at the cases of the scope."""
    found = []
    for case in sample_cases(SYMBOLS, seed="rewrites", settings=2):
        values = dict(case.values)
        for name, definition in SCOPE.definitions.items():
            values[name] = evaluate(definition, replace(case, values=values))
        found.append(evaluate(formula, replace(case, values=values)))
    return found


def applied(rule: str, text: str) -> Formula | None:
    tree = read(text, SCOPE).tree
    assert isinstance(tree, Apply)
    found = RULES[rule](tree, SCOPE)
    return None if found is None else Formula(found, SCOPE)


@pytest.mark.parametrize(("rule", "text", "wanted"), EXAMPLES)
def test_a_rule_gives_the_shorter_form_and_keeps_the_value(rule: str, text: str, wanted: str) -> None:
    found = applied(rule, text)
    assert found is not None
    assert found.text() == wanted
    before = read(text, SCOPE)
    assert (found.shape, found.tree.row) == (before.shape, before.tree.row)
    for a, c in zip(value(before), value(found), strict=True):
        np.testing.assert_allclose(a, np.broadcast_to(c, a.shape), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("rule", "text"), REFUSED)
def test_a_rule_leaves_alone_what_it_does_not_hold_for(rule: str, text: str) -> None:
    found = applied(rule, text)
    assert found is None or found.text() == read(text, SCOPE).text()


def test_every_rule_has_an_example() -> None:
    assert {rule for rule, _, _ in EXAMPLES} == set(RULES)


@pytest.mark.parametrize(("rule", "text", "wanted"), EXAMPLES)
def test_the_rules_together_do_no_worse(rule: str, text: str, wanted: str) -> None:
    found = Formula(Simplifier(SCOPE)(read(text, SCOPE).tree), SCOPE)
    assert len(found.text()) <= max(len(wanted), len(text))
    for a, c in zip(value(read(text, SCOPE)), value(found), strict=True):
        np.testing.assert_allclose(a, np.broadcast_to(c, a.shape), rtol=1e-9, atol=1e-9)


def test_what_is_simplified_stays_as_it_is() -> None:
    for _, text, _ in EXAMPLES:
        once = Simplifier(SCOPE)(read(text, SCOPE).tree)
        assert Simplifier(SCOPE)(once) == once


def test_a_long_sum_is_not_multiplied_out() -> None:
    text = " + ".join(f"x**{k}*(1 - w**{k})" for k in range(2, 20))
    tree = read(text, SCOPE).tree
    assert Simplifier(Scope())(tree) == tree
    short = read("x**2*(1 - w**2) - x**2", SCOPE).tree
    assert Formula(Simplifier(Scope())(short), SCOPE).text() == "-(x**2 * w**2)"
    assert MOST_WEIGHT > 20
    assert set(RULES.values()) >= SIDEWAYS
