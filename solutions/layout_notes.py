"""Notes on the gradients of a linear layer, with rows and columns mixed up in one line: found by torch.

x  (D, 1)  input, a column      g  (M, 1)  upstream gradient, a column      W  (M, D)      y = W x + b
"""

from __future__ import annotations

from functools import partial

import numpy as np

from grader.formula import Scope, Symbol
from solutions.arrays import Array, array, constant, leaf
from solutions.wrong_lines import differing, only

LINES = ("input", "weight", "bias", "jacobian")


def wrong_line(style: str, p1: str, p2: str, p3: str, p4: str) -> str:
    """'input', 'weight', 'bias' or 'jacobian': the line that torch contradicts, by shape or by value."""
    shapes: dict[str, tuple[str | int, ...]] = {"x": ("D", 1), "g": ("M", 1), "W": ("M", "D")}
    scope = Scope({name: Symbol(name, shape) for name, shape in shapes.items()})
    lines = dict(zip(LINES, (p1, p2, p3, p4), strict=True))
    return only(differing(scope, lines, partial(layout_line, style=style), seed="layout notes", cases=None))


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def layout_line(x: Array, g: Array, W: Array, style: str, wrong: str) -> Array:
    """What the line named `wrong` should say. style: 'columns' or 'rows' for the gradients of vectors."""
    import torch

    leaves = [leaf(x[:, 0]), leaf(W), leaf(np.zeros(len(W)))]
    output = leaves[1] @ leaves[0] + leaves[2]
    by_x, by_weight, by_bias = map(array, torch.autograd.grad(output, leaves, constant(g[:, 0])))
    if wrong == "weight":
        return by_weight
    if wrong == "jacobian":
        return array(torch.autograd.functional.jacobian(lambda v: constant(W) @ v, constant(x[:, 0])))  # type: ignore[no-untyped-call]
    vector = by_x if wrong == "input" else by_bias
    return vector[:, None] if style == "columns" else vector[None, :]
