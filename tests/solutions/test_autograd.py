"""Autograd over a forward program gives the gradients of hand-written torch code."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from formula_scope import PROGRAM, SCOPE

from grader.formula import evaluate, read, read_program, sample_cases
from grader.formula.cases import is_moderate
from solutions.autograd import gradient

CASES = sample_cases(SCOPE, seed="autograd")


@pytest.mark.parametrize(
    ("name", "formula"), [("W", "(v - t) @ x.T"), ("x", "W.T @ (v - t)"), ("u", "v - t"), ("v", "-t/v")]
)
def test_gradients_of_a_softmax_layer(name: str, formula: str) -> None:
    for case in CASES:
        near = [point for point in range(case.points) if is_moderate(point)]  # far out softmax underflows
        expected = evaluate(read(formula, PROGRAM.scope), case)[near]
        np.testing.assert_allclose(gradient(PROGRAM, "L", name, case)[near], expected, rtol=1e-9, atol=1e-12)


def test_it_is_torchs_own_gradient() -> None:
    case = CASES[0]
    point = {k: torch.tensor(v, requires_grad=True) for k, v in case.point(1).items()}
    loss = torch.nn.functional.cross_entropy(point["W"] @ point["x"] + point["b"], point["t"])
    loss.backward()
    np.testing.assert_allclose(gradient(PROGRAM, "L", "W", case)[1], point["W"].grad, rtol=1e-10)


def test_a_name_the_loss_does_not_use_has_gradient_zero() -> None:
    assert (gradient(PROGRAM, "L", "w", CASES[0]) == 0).all()


def test_a_sum_without_terms_has_gradient_zero() -> None:
    assert (gradient(read_program("L = Sum(x[0]*k, (k, 1, 0))", SCOPE), "L", "x", CASES[0]) == 0).all()


def test_what_is_not_a_scalar_has_no_gradient() -> None:
    with pytest.raises(ValueError, match="must be a scalar"):
        gradient(read_program("u = W @ x", SCOPE), "u", "W", CASES[0])


def test_what_lies_at_the_kink_of_relu_gets_no_gradient() -> None:
    """A dead layer feeds exact zeros into the next one; torch's own relu has the derivative 0 there."""
    program = read_program("u = relu(x - x)\nL = sum((u - w)**2)", SCOPE)
    assert (gradient(program, "L", "x", CASES[0]) == 0).all()
    program = read_program("a = 0*x\nu = relu(a)\nL = sum((u - w)**2)", SCOPE)
    assert (gradient(program, "L", "a", CASES[0]) == 0).all()


@pytest.mark.parametrize(
    ("name", "slope"),
    [
        ("sigmoid", 0.25),
        ("softplus", 0.5),
        ("tanh", 1.0),
        ("relu", 0.0),
        ("gelu", 0.5),
        ("leaky_relu", 0.01),
        ("exp", 1.0),
    ],
)
def test_the_slope_at_exactly_zero(name: str, slope: float) -> None:
    """A dead layer feeds exact zeros into the next one, where a formula by cases can have another derivative."""
    program = read_program(f"a = 0*x\nu = {name}(a)\nL = sum(u)", SCOPE)
    np.testing.assert_allclose(gradient(program, "L", "a", CASES[0]), slope)
