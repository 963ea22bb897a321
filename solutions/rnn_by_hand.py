"""Back-propagation through two steps of a network with two units, in numbers: by torch autograd.

a_t = W h_{t-1} + u x_t + b, h_t = f(a_t), plus h_{t-1} where `skip` is 1; f: 'relu', 'leaky' (slope 1/2 below 0) or
'linear'. L is half the squared distance of h_2 to t2, plus for `every` 1 that of h_1 to t1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def weight_entry(
    W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, t1: Array, t2: Array, f: str, skip: int, every: int,
    i: int, k: int,
) -> float:  # fmt: skip
    """dL/dW[i, k]."""
    return float(_gradients(W, u, b, h0, x1, x2, t1, t2, f, skip, every)[0][int(i), int(k)])


def bias_entry(
    W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, t1: Array, t2: Array, f: str, skip: int, every: int,
    i: int,
) -> float:  # fmt: skip
    """dL/db[i]."""
    return float(_gradients(W, u, b, h0, x1, x2, t1, t2, f, skip, every)[2][int(i)])


def input_weight_entry(
    W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, t1: Array, t2: Array, f: str, skip: int, every: int,
    i: int,
) -> float:  # fmt: skip
    """dL/du[i]."""
    return float(_gradients(W, u, b, h0, x1, x2, t1, t2, f, skip, every)[1][int(i)])


def first_input(
    W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, t1: Array, t2: Array, f: str, skip: int, every: int
) -> float:
    """dL/dx_1."""
    return float(_gradients(W, u, b, h0, x1, x2, t1, t2, f, skip, every)[3])


def _gradients(
    W: Array, u: Array, b: Array, h0: Array, x1: float, x2: float, t1: Array, t2: Array, f: str, skip: int, every: int
) -> tuple[Array, Array, Array, Array]:
    """dL/dW, dL/du, dL/db, dL/dx_1."""
    import torch

    weights, inward, bias, first = leaf(W), leaf(u), leaf(b), leaf(float(x1))
    h, total = constant(h0), constant(0.0)
    for x, target, counts in ((first, t1, int(every)), (constant(float(x2)), t2, 1)):
        new = _activated(weights @ h + inward * x + bias, f)
        h = new + h if int(skip) else new
        total = total + counts * ((h - constant(target)) ** 2).sum() / 2
    dW, du, db, dx = map(array, torch.autograd.grad(total, (weights, inward, bias, first)))
    return dW, du, db, dx


def _activated(z: Tensor, f: str) -> Tensor:
    import torch

    if f == "linear":
        return z
    return torch.nn.functional.leaky_relu(z, 0.5) if f == "leaky" else torch.relu(z)
