"""The diagram of an LSTM computes what torch's cell computes; that of an unrolled network shows its gradient's way."""

from __future__ import annotations

import math

import pytest
import torch
from diagram_layout import flaws
from diagram_values import sources, value

from solutions.recurrent_pictures import lstm_cell, unrolled


def sigmoid(number: float) -> float:
    return 1 / (1 + math.exp(-number))


def test_the_cell_computes_a_step_of_torch() -> None:
    torch.manual_seed(0)
    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    given = {"s0": 0.7, "h0": -0.4, "x1": 1.3}
    tensors = {name: torch.tensor([[number]], dtype=torch.float64) for name, number in given.items()}
    rows = zip(*(p.detach().flatten().tolist() for p in cell.parameters()), strict=True)
    w = dict(zip("ifuo", rows, strict=True))  # the order of torch's rows
    assert lstm_cell().arrows[0].start == "h0"  # layers get h0 first, then x1

    def layer(name: str, h: float, x: float) -> float:
        wi, wh, bi, bh = w[name]
        return wi * x + wh * h + bi + bh

    rules = {name: lambda h, x, name=name: sigmoid(layer(name, h, x)) for name in "fio"}
    rules |= {"u": lambda h, x: math.tanh(layer("u", h, x)), "shown": math.tanh, "s1": float, "h1": float}
    h1, s1 = cell(tensors["x1"], (tensors["h0"], tensors["s0"]))
    for name, expected in (("s1", s1), ("h1", h1)):
        assert value(lstm_cell(), name, given, rules) == pytest.approx(expected.item())


def test_no_layer_lies_on_the_way_of_the_cell_state() -> None:
    way = [sorted(sources(lstm_cell(), name)) for name in ("s1", "sum", "kept")]
    assert way == [["sum"], ["kept", "written"], ["f", "s0"]]


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_the_gradient_comes_back_from_the_last_loss_to_the_first_input(steps: int) -> None:
    diagram = unrolled(steps)
    back = {arrow.start: arrow.end for arrow in diagram.arrows if arrow.kind == "back"}
    way = [f"L{steps}"]
    while way[-1] in back:
        way.append(back[way[-1]])
    assert way == [f"L{steps}", *(f"h{t}" for t in range(steps, 0, -1)), "x1"]
    assert [sources(diagram, f"h{t}") for t in range(1, steps + 1)] == [
        [f"h{t - 1}", f"x{t}"] for t in range(1, steps + 1)
    ]


def test_nothing_overlaps() -> None:
    assert [flaws(diagram) for diagram in (lstm_cell(), unrolled(), unrolled(2), unrolled(4))] == [[]] * 4
