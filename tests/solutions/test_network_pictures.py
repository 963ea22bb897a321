"""Gradients in a picture are autograd's; a residual block is x + F(x)."""

from __future__ import annotations

import math

import pytest
import torch
from diagram_layout import flaws
from diagram_values import sources, value

from solutions.network_pictures import computation_graph, residual_block


def number(text: str) -> float:
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("inputs", [(2.0, 0.5, -1.5, 2.0, 1.0), (-1.0, 1.5, 0.25, -2.0, 0.5)])
def test_values_and_gradients_are_those_of_autograd(inputs: tuple[float, ...]) -> None:
    x, w, b, v, t = (torch.tensor(value, requires_grad=True) for value in inputs)
    z = w * x + b
    h = torch.tanh(z)
    p = v * h
    loss = (p - t) ** 2 / 2
    tensors = {"x": x, "w": w, "b": b, "v": v, "z": z, "h": h, "p": p}
    gradients = torch.autograd.grad(loss, list(tensors.values()))
    diagram = computation_graph(*inputs)
    shown = {arrow.start: number(arrow.back) for arrow in diagram.arrows if arrow.back}
    assert shown == pytest.approx(dict(zip(tensors, [g.item() for g in gradients], strict=True)), rel=5e-3)
    values = {box.name: number(box.text.split("\n")[1]) for box in diagram.boxes}
    expected = {name: tensor.item() for name, tensor in {**tensors, "t": t, "L": loss}.items()}
    assert values == pytest.approx(expected, rel=5e-3)


def test_every_value_of_the_graph_goes_where_it_is_used() -> None:
    found = {name: sorted(sources(computation_graph(), name)) for name in "zhpL"}
    assert found == {"z": ["b", "w", "x"], "h": ["z"], "p": ["h", "v"], "L": ["p", "t"]}


@pytest.mark.parametrize("x", [-2.0, 0.3, 1.7])
def test_a_block_adds_its_input_to_what_its_layers_make(x: float) -> None:
    rules = {"first": math.tanh, "second": lambda a: 3 * a - 1, "ReLU": lambda a: max(a, 0.0), "y": float}
    assert value(residual_block(), "y", {"x": x}, rules) == pytest.approx(max(x + 3 * math.tanh(x) - 1, 0.0))


def test_nothing_overlaps() -> None:
    assert flaws(computation_graph()) == flaws(residual_block()) == []
