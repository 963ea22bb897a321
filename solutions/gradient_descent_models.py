"""Quadratic models of a function: minimised by solving for the zero of their gradient, by torch.

g (n,) gradient; the quadratic part has a number L, a vector c (n,) or a matrix B (n, n), see `_model`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def model_step(g: Array, L: float, c: Array, B: Array, kind: str) -> Array:
    """The step (n,) that minimises the model: one Newton step from 0 with autograd's gradient and Hessian."""
    import torch

    zero = leaf(np.zeros(len(g)))
    (slope,) = torch.autograd.grad(_model(zero, g, L, c, B, kind), zero)
    bend = torch.autograd.functional.hessian(lambda d: _model(d, g, L, c, B, kind), zero)  # type: ignore[no-untyped-call]
    return array(torch.linalg.solve(bend, -slope))


def sure_decrease(g: Array, L: float, c: Array, B: Array, kind: str) -> float:
    """How far below 0 the minimum of the model lies."""
    return -float(_model(constant(model_step(g, L, c, B, kind)), g, L, c, B, kind))


def decrease_of_gradient_step(g: Array, L: float, c: Array, B: Array, alpha: float, kind: str) -> float:
    """Minus the model at -alpha*g."""
    return -float(_model(constant(-float(alpha) * np.asarray(g)), g, L, c, B, kind))


def surplus(p: float, q: float, x0: float, y0: float) -> float:
    """Actual less guaranteed decrease of one step of SGD, rate 1/q, on (p x^2 + q y^2)/2 with q > p."""
    import torch

    bends, at = constant([float(p), float(q)]), leaf([float(x0), float(y0)])
    before = (bends * at.square()).sum() / 2
    (at.grad,) = torch.autograd.grad(before, at)
    slope = array(at.grad)
    torch.optim.SGD([at], lr=1 / float(q)).step()
    after = (bends * at.square()).sum() / 2
    return (before - after).item() - sure_decrease(slope, float(q), np.ones(2), np.eye(2), "plain")


def _model(d: Tensor, g: Array, L: float, c: Array, B: Array, kind: str) -> Tensor:
    """The model's change for the step d."""
    quadratic = {
        "plain": lambda: float(L) * d.square().sum() / 2,
        "whole": lambda: float(L) * d.square().sum(),
        "inverse": lambda: d.square().sum() / (2 * float(L)),
        "separate": lambda: (constant(c) * d.square()).sum() / 2,
        "matrix": lambda: d @ constant(B) @ d / 2,
    }
    return constant(g) @ d + quadratic[kind]()
