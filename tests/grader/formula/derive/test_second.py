"""Jacobians, Hessians and their products: in a textbook's form, and equal to what autograd gives row by row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from derivations import with_lines
from formula_scope import scope_of, symbol

from grader.formula import Formula, Program, read_program
from grader.formula.cases import Case, sample_cases
from grader.formula.derive import (
    gauss_newton_vector,
    hessian,
    hessian_vector,
    jacobian,
    jacobian_vector,
)
from grader.formula.reading import evaluate, evaluate_torch

SCOPE = scope_of(
    *(symbol("X", "N", "D"), symbol("w", "D"), symbol("v", "D"), symbol("y", "N"), symbol("z", "K"), symbol("u", "K")),
    *(symbol("t", "K", domain="one_hot"), symbol("W", "H", "D"), symbol("V", "K", "H"), symbol("x", "D")),
)
NETWORK = "h = tanh(W @ x)\no = V @ h\nq = softmax(o)\nL = -sum(t*log(q))"
LOGISTIC = "p = sigmoid(X @ w)\nL = sum(softplus(X @ w) - y*(X @ w))"

JACOBIANS = [
    ("q = softmax(z)", "q", "z", "diag(q) - q @ q.T"),
    ("h = tanh(W @ x)", "h", "x", "diag(1 - h**2) @ W"),
    (LOGISTIC, "p", "w", "diag(p * (1 - p)) @ X"),
    ("r = X @ w - y", "r", "w", "X"),
    ("r = x - mean(x)", "r", "x", "eye(D) - ones(D) @ ones(D).T / D"),
    ("q = x/norm(x)", "q", "x", "eye(D) / norm(x) - x @ x.T / norm(x)**3"),
    (NETWORK, "o", "x", "V @ (diag(1 - h**2) @ W)"),
    ("s = x @ W.T", "s", "x", "W"),
    ("s = 3*x/2 + w*mean(x)", "s", "x", ""),
]
HESSIANS = [
    ("q = softmax(z)\nL = -sum(t*log(q))", "z", "diag(q) - q @ q.T"),
    (LOGISTIC, "w", "X.T @ (diag((1 - sigmoid(X @ w)) * sigmoid(X @ w)) @ X)"),
    ("r = X @ w - y\nL = sum(r**2)/2", "w", "X.T @ X"),
    ("L = w @ X.T @ X @ w", "w", "2 * (X.T @ X)"),
    ("L = norm(w)**2 + sum(w**3) + exp(sum(w))", "w", ""),
    (NETWORK, "x", ""),
    ("L = logsumexp(2*w)", "w", ""),
]


def rows(program: Program, of: str, by: str, case: Case) -> np.ndarray:
    """The derivative of each entry by autograd: float64 (P, *shape of `of`, *shape of `by`)."""
    tensors = {n: torch.tensor(value, requires_grad=True) for n, value in case.values.items()}
    for line in program.lines:
        value = evaluate_torch(line.formula, tensors, case.dims)
        tensors[line.name] = value.expand((case.points, *value.shape[1:])).clone()
    found = [torch.autograd.grad(e.sum(), tensors[by], retain_graph=True)[0] for e in tensors[of].unbind(1)]
    return torch.stack(found, 1).numpy()


def second(program: Program, of: str, by: str, case: Case) -> np.ndarray:
    """The Hessian of a scalar by autograd: float64 (P, D, D)."""
    tensors = {n: torch.tensor(value, requires_grad=True) for n, value in case.values.items()}
    for line in program.lines:
        tensors[line.name] = evaluate_torch(line.formula, tensors, case.dims)
    (first,) = torch.autograd.grad(tensors[of].sum(), tensors[by], create_graph=True)
    found = [torch.autograd.grad(e.sum(), tensors[by], retain_graph=True)[0] for e in first.unbind(1)]
    return torch.stack(found, 1).numpy()


def cases(program: Program) -> list[Case]:
    return list(sample_cases(program.scope, seed="second", settings=2, points=2))


def check(formula: Formula, case: Case, program: Program, wanted: np.ndarray) -> None:
    got = evaluate(formula, with_lines(program, case))
    np.testing.assert_allclose(np.broadcast_to(got, wanted.shape), wanted, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("text", "of", "by", "printed"), JACOBIANS)
def test_a_jacobian_is_that_of_autograd(text: str, of: str, by: str, printed: str) -> None:
    program = read_program(text, SCOPE)
    found = jacobian(program, of, by)
    assert not printed or found.text() == printed
    for case in cases(program):
        check(found, case, program, rows(program, of, by, case))


@pytest.mark.parametrize(("text", "by", "printed"), HESSIANS)
def test_a_hessian_is_that_of_autograd(text: str, by: str, printed: str) -> None:
    program = read_program(text, SCOPE)
    found = hessian(program, "L", by)
    assert not printed or found.text() == printed
    for case in cases(program):
        check(found, case, program, second(program, "L", by, case))


@pytest.mark.parametrize(("text", "of", "by", "vector"), [
    (LOGISTIC, "p", "w", "v"),
    ("q = softmax(z)", "q", "z", "u"),
    (NETWORK, "q", "x", "v"),
])  # fmt: skip
def test_a_jacobian_times_a_vector(text: str, of: str, by: str, vector: str) -> None:
    program = read_program(text, SCOPE)
    found = jacobian_vector(program, of, by, vector)
    for case in cases(program):
        wanted = np.einsum("pij,pj->pi", rows(program, of, by, case), case.values[vector])
        check(found, case, program, wanted)


@pytest.mark.parametrize(("text", "by", "vector"), [(LOGISTIC, "w", "v"), (NETWORK, "x", "v")])
def test_a_hessian_times_a_vector(text: str, by: str, vector: str) -> None:
    program = read_program(text, SCOPE)
    found = hessian_vector(program, "L", by, vector)
    for case in cases(program):
        wanted = np.einsum("pij,pj->pi", second(program, "L", by, case), case.values[vector])
        check(found, case, program, wanted)


def test_a_gauss_newton_product_leaves_the_curvature_of_the_outputs_out() -> None:
    program = read_program(NETWORK, SCOPE)
    found = gauss_newton_vector(program, "L", "o", "x", "v")
    behind = read_program("q = softmax(z)\nL = -sum(t*log(q))", SCOPE)
    for case in cases(program):
        inner = rows(program, "o", "x", case)
        outputs = with_lines(program, case).values["o"]
        middle = second(behind, "L", "z", replace(case, values={**case.values, "z": outputs}))
        wanted = np.einsum("pki,pkl,plj,pj->pi", inner, middle, inner, case.values["v"])
        check(found, case, program, wanted)
        assert not np.allclose(wanted, np.einsum("pij,pj->pi", second(program, "L", "x", case), case.values["v"]))


def test_what_has_no_matrix_is_refused() -> None:
    program = read_program("Y = X * w\nL = sum(Y**2)", SCOPE)
    with pytest.raises(ValueError, match="must be a vector"):
        hessian(program, "L", "X")
    with pytest.raises(KeyError):
        jacobian(program, "q", "w")
