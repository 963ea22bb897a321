"""Worked solutions in numbers: values, gradients and what comes back along each edge, against torch."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from formula_scope import scope_of, symbol

from grader.formula import Program, read_program
from grader.formula.reading import evaluate_torch
from solutions.examples import Example, example
from solutions.worked import worked_lines

PROGRAMS = {
    "two layers": (
        "z = W @ x + b\nh = tanh(z)\ns = V @ h\ny = softmax(s)\nL = -sum(t*log(y))",
        scope_of(
            *(symbol("x", "D"), symbol("W", "H", "D"), symbol("b", "H"), symbol("V", "K", "H")),
            symbol("t", "K", domain="one_hot"),
        ),
    ),
    "a value used twice": (
        "u = sigmoid(w*x)\nv = u + x\nL = sum(u*v**2)",
        scope_of(symbol("x", "D"), symbol("w", "D")),
    ),
    "batch": (
        "Z = X @ W\nL = sum((relu(Z) - T)**2)/N",
        scope_of(symbol("X", "N", "D"), symbol("W", "D", "K"), symbol("T", "N", "K")),
    ),
}


def by_torch(program: Program, found: Example) -> dict[str, np.ndarray]:
    tensors = {name: torch.tensor(v[None], requires_grad=True) for name, v in found.values.items()}
    for line in program.lines:
        tensors[line.name] = evaluate_torch(line.formula, tensors, found.case.dims)
        tensors[line.name].retain_grad()
    tensors["L"].sum().backward()
    return {name: np.zeros(t.shape[1:]) if t.grad is None else t.grad[0].numpy() for name, t in tensors.items()}


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("seed", range(4))
def test_values_and_gradients_are_those_of_torch(name: str, seed: int) -> None:
    program = read_program(*PROGRAMS[name])
    found = example(program, "L", seed=seed)
    assert found is not None
    wanted = by_torch(program, found)
    for node, gradient in found.gradients.items():
        np.testing.assert_allclose(gradient, wanted[node], rtol=1e-9, atol=1e-12)
    for node in found.gradients:
        back = [edge.gradient for edge in found.edges if edge.source == node]
        if back:  # what comes back along the edges adds up to the gradient
            np.testing.assert_allclose(sum(back), wanted[node], rtol=1e-9, atol=1e-12)


def test_the_steps_in_numbers_end_in_the_gradient() -> None:
    program = read_program(*PROGRAMS["two layers"])
    found = example(program, "L", seed=1)
    assert found is not None
    steps = worked_lines(program, "L", ["W"])
    assert steps[-1].name == "dW"
    np.testing.assert_allclose(found.along(steps)[-1], found.gradients["W"])
    assert all(step.comment[0].isupper() for step in steps)


def test_a_name_that_two_steps_have_has_its_own_value_in_each() -> None:
    program = read_program(*PROGRAMS["a value used twice"])
    found = example(program, "L", seed=1)
    assert found is not None
    steps = read_program("a = 2\nb = 3*a\na = b + 1\nb = a", program.scope).lines
    assert [float(value) for value in found.along(steps)] == [2, 6, 7, 7]


def test_the_example_is_small_and_whole_and_the_same_for_a_seed() -> None:
    program = read_program(*PROGRAMS["two layers"])
    first, again, other = (example(program, "L", seed=seed) for seed in (1, 1, 2))
    assert first is not None
    assert again is not None
    assert other is not None
    inputs = ("x", "W", "b", "V", "t")
    assert all((first.values[n] == np.round(first.values[n])).all() for n in inputs)
    assert all((first.values[n] == again.values[n]).all() for n in inputs)
    assert any((first.values[n] != other.values[n]).any() for n in inputs)
    assert len({first.case.dims["D"], first.case.dims["H"]}) == 2


def test_a_domain_without_small_numbers_has_no_example() -> None:
    scope = scope_of(symbol("P", "D", "D", domain="positive_definite"))
    assert example(read_program("L = log(det(P))", scope), "L") is None
