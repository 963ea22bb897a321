"""Notes on the forward pass and the loss of a recurrent network with one wrong line, found by torch at sampled points.

h, s (H,): old and new state; x (D,); W (H, H), U (H, D), b (H,), B (V, H), c (V,); p, q (V,): the probabilities of the
first and the second step, y, v (V,): their one-hot targets.
"""

from __future__ import annotations

from grader.formula import Domain, Scope, Symbol
from solutions.arrays import Array, array, constant
from solutions.wrong_lines import differing, only

LINES = ("state", "output", "loss", "joint")


def wrong_line(l1: str, l2: str, l3: str, l4: str) -> str:
    """The name in LINES of the line that torch contradicts."""
    shapes: dict[str, tuple[str, ...]] = {
        "W": ("H", "H"), "U": ("H", "D"), "b": ("H",), "B": ("V", "H"), "c": ("V",),
        "h": ("H",), "s": ("H",), "x": ("D",),
    }  # fmt: skip
    symbols = {name: Symbol(name, shape) for name, shape in shapes.items()}
    for name in "pq":
        symbols[name] = Symbol(name, ("V",), Domain("simplex"))
    for name in "yv":
        symbols[name] = Symbol(name, ("V",), Domain("one_hot"))
    scope = Scope(symbols)
    lines = dict(zip(LINES, (l1, l2, l3, l4), strict=True))
    return only(differing(scope, lines, line, seed="forward notes"))


def line(
    W: Array, U: Array, b: Array, B: Array, c: Array, h: Array, s: Array, x: Array, p: Array, q: Array, y: Array,
    v: Array, wrong: str,
) -> Array:  # fmt: skip
    """What the line named `wrong` should say."""
    import torch

    if wrong == "state":
        cell = torch.nn.RNNCell(len(x), len(h), dtype=torch.float64)
        values = {"weight_ih": constant(U), "weight_hh": constant(W), "bias_ih": constant(b)}
        values["bias_hh"] = torch.zeros(len(h), dtype=torch.float64)
        return array(torch.func.functional_call(cell, values, (constant(x), constant(h))))
    if wrong == "output":
        return array(torch.nn.functional.linear(constant(s), constant(B), constant(c)).softmax(0))
    targets = torch.stack([constant(y), constant(v)]).argmax(dim=1)
    losses = torch.nn.functional.nll_loss(torch.stack([constant(p), constant(q)]).log(), targets, reduction="sum")
    return array(losses if wrong == "loss" else torch.exp(-losses))


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def drawn_loss(r: Array) -> float:
    """The loss of a sequence whose right classes get the probabilities r."""
    import torch

    table = torch.stack([constant(r), 1 - constant(r)], dim=1)
    zero = torch.zeros(len(table), dtype=torch.int64)
    return float(torch.nn.functional.nll_loss(table.log(), zero, reduction="sum"))
