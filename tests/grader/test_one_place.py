"""One slip inside a formula is found and its place told; what takes two changes, or none, is left to others."""

from __future__ import annotations

import importlib

import pytest
from formula_scope import SCOPE

from grader.answers import judge
from grader.diagnosis.one_place import MOST_CHANGES, one_place
from grader.formula import read
from grader.keys import FormulaKey
from grader.samples import cases_of, samples
from grader.sentences import sentence

SLIPS = [
    ("A @ A @ x + c*w", "A @ A.T @ x + c*w", "formula.place-transpose", "Aᵀ"),
    ("A @ P @ x + c*w", "P @ A @ x + c*w", "formula.place-order", "P A"),
    ("sum(x**2) + exp(c*norm(w))", "sum(x**2) + exp(p*norm(w))", "formula.place-name", "p"),
    ("A @ tanh(x)", "A @ sigmoid(x)", "formula.place-function", "σ(x)"),
    ("A @ softmax(x)", "A @ exp(x)", "formula.place-function", "exp(x)"),
    ("c*norm(x*w)", "c*sum(x*w)", "formula.place-function", "sum(x ⊙ w)"),
    ("A @ (x*(1 - w**2))", "A @ (x*(1 - w))", "formula.place-power", "w"),
    ("A @ (x*(1 - w))", "A @ (x*(1 - w**2))", "formula.place-power", "w²"),
    ("A @ (x/(1 + w**2))", "A @ (x*(1 + w**2))", "formula.place-operator", "x ⊙ (1 + w²)"),
    ("exp(x + w)*x", "exp(-x + w)*x", "formula.place-sign", "−x"),
    ("exp(x)*(3 + w**2)", "exp(x)*(2 + w**2)", "formula.place-number", "2"),
    ("exp(c*x)*w", "exp(c*x*p)*w", "formula.place-extra", "c x p"),
]


@pytest.mark.parametrize(("key", "answer", "code", "place"), SLIPS)
def test_the_place_of_one_slip_is_told(key: str, answer: str, code: str, place: str) -> None:
    verdict = judge(answer, FormulaKey(read(key, SCOPE), SCOPE))
    assert (verdict.feedback[0].code, verdict.feedback[0].data["place"]) == (code, place)
    assert place in sentence(verdict.feedback[0])


@pytest.mark.parametrize(
    ("key", "answer"),
    [("A @ tanh(x*w) + exp(c)", "P @ sin(x + w) + exp(p)"), ("inv(X.T @ X + eye(D)) @ w", "inv(X.T @ X - eye(D)) @ x")],
)
def test_more_than_one_slip_is_not_one_place(key: str, answer: str) -> None:
    right = read(key, SCOPE)
    cases = cases_of(right)
    assert one_place(samples(read(answer, SCOPE), cases), samples(right, cases)) is None


def test_the_search_is_bounded_by_count(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def never(*args: object) -> bool:
        tried.append(args)
        return False

    module = importlib.import_module("grader.diagnosis.one_place")  # its name is also the function's
    monkeypatch.setattr(module, "_leads_to", never)
    right = read("exp(x)", SCOPE)
    long = read(" + ".join(f"sin(x*{k})*cos(w/{k})" for k in range(1, 20)), SCOPE)
    assert one_place(samples(long, cases_of(right)), samples(right, cases_of(right))) is None
    assert 0 < len(tried) <= MOST_CHANGES


def test_a_square_matrix_that_is_turned_is_told_so() -> None:
    verdict = judge("outer(w, x)", FormulaKey(read("outer(x, w)", SCOPE), SCOPE))
    assert verdict.feedback[0].code == "formula.transposed"


def test_a_sum_too_many_is_told() -> None:
    verdict = judge("sum(softmax(z) - t)", FormulaKey(read("softmax(z) - t", SCOPE), SCOPE))
    assert sentence(verdict.feedback[0]) == "What stands inside the outer `sum` is right: leave the `sum` away."
