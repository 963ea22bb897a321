"""Small recurrent networks in numbers, unrolled with torch: states, probabilities and losses.

h_t = f(W h_{t-1} + u x_t + b) with one number x_t as input, p_t = softmax(B h_t + c).
W (H, H), u (H,), b (H,), h0 (H,), B (V, H), c (V,); f is tanh, sigmoid or relu.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, activation, constant

if TYPE_CHECKING:
    from torch import Tensor


def state_entry(W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, f: str, i: int) -> float:
    """Entry i of h_2."""
    return float(_states(W, u, b, h0, x1, x2, f)[1, int(i)])


def probability(
    W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, f: str, B: Array, c: Array, y2: int
) -> float:
    """Entry y2 of p_2."""
    states = _states(W, u, b, h0, x1, x2, f)
    return float((states @ constant(B).T + constant(c)).softmax(dim=1)[1, int(y2)])


def sequence_loss(
    W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, f: str, B: Array, c: Array, y1: int, y2: int,
    reduction: str,
) -> float:  # fmt: skip
    """The cross-entropy of the classes y1, y2: reduction 'sum' or 'mean' over both steps, 'last' for step 2 alone."""
    import torch

    scores = _states(W, u, b, h0, x1, x2, f) @ constant(B).T + constant(c)
    targets = torch.tensor([int(y1), int(y2)])
    if reduction == "last":
        scores, targets = scores[1:], targets[1:]
    kind = "mean" if reduction == "mean" else "sum"
    return float(torch.nn.functional.cross_entropy(scores, targets, reduction=kind))


def _states(W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, f: str) -> Tensor:
    """h_1 and h_2 as rows (2, H)."""
    import torch

    inputs = np.array([[float(x1)], [float(x2)]])
    if f in ("tanh", "relu"):
        width = len(h0)
        cell = torch.nn.RNNCell(1, width, nonlinearity=f, dtype=torch.float64)
        parameters = {
            "weight_ih": constant(u)[:, None],
            "weight_hh": constant(W),
            "bias_ih": constant(b),
            "bias_hh": torch.zeros(width, dtype=torch.float64),
        }
        h, rows = constant(h0), []
        for row in constant(inputs):
            h = torch.func.functional_call(cell, parameters, (row, h))
            rows.append(h)
        return torch.stack(rows)
    h, rows = constant(h0), []
    for row in constant(inputs):
        h = activation(f)(constant(W) @ h + constant(u) * row + constant(b))
        rows.append(h)
    return torch.stack(rows)
