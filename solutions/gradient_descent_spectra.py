"""Gradient descent on half of t.T H t, H = ((a, b), (b, d)) with the eigenvector (p, q), by torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def curvature_along(a: float, b: float, d: float, p: float, q: float) -> float:
    """The second derivative of the objective along the normed (p, q), by the Rayleigh quotient."""
    direction = constant([float(p), float(q)])
    return float(direction @ _hessian(a, b, d) @ direction / (direction @ direction))


def factor_across(a: float, b: float, d: float, p: float, q: float, alpha: float) -> float:
    """What one step of SGD multiplies the vector (-q, p) with, read off its longer entry."""
    start = [-float(q), float(p)]
    i = int(abs(start[1]) > abs(start[0]))
    return _run(a, b, d, start, alpha, 1)[i].item() / start[i]


def place(a: float, b: float, d: float, x0: float, y0: float, alpha: float, k: int, index: int) -> float:
    """Coordinate number `index`, from 0, after k steps of SGD from (x0, y0)."""
    return _run(a, b, d, [float(x0), float(y0)], alpha, int(k))[int(index)].item()


def _hessian(a: float, b: float, d: float) -> Tensor:
    return constant([[float(a), float(b)], [float(b), float(d)]])


def _run(a: float, b: float, d: float, start: list[float], alpha: float, steps: int) -> Tensor:
    import torch

    bend, at = _hessian(a, b, d), leaf(start)
    optimiser = torch.optim.SGD([at], lr=float(alpha))
    for _ in range(steps):
        (at.grad,) = torch.autograd.grad(at @ bend @ at / 2, at)
        optimiser.step()
    return at
