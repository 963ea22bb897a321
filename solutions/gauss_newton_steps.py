"""Minimisers of linearised models: matrices and steps by automatic differentiation of the linearised objective."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def matrix(loss: str, J: Array, r: Array, c: Array) -> Array:
    """The Gauss-Newton matrix (D, D): the Hessian of the linearised objective, without damping."""
    hessian: Array = _derivatives(_objective(loss, J, r, c, 0.0), J.shape[1])[1]
    return hessian


def step(loss: str, J: Array, r: Array, c: Array, rho: float) -> Array:
    """The step (D,) that minimises the linearised objective, damped where the loss's name says so."""
    import torch

    slope, hessian = _derivatives(_objective(loss, J, r, c, rho if "damped" in loss else 0.0), J.shape[1])
    return array(torch.linalg.solve(constant(hessian), -constant(slope)))


def first_entry(rows: Array, e1: float, e2: float, l: float) -> float:  # noqa: E741
    """First entry of the damped step for the Jacobian `rows` (2, 2): least squares with the damping as further rows."""
    stacked = np.vstack([rows, np.sqrt(float(l)) * np.eye(2)])
    errors = np.array([e1, e2, 0, 0], dtype=np.float64)
    return float(np.linalg.lstsq(stacked, -errors, rcond=None)[0][0])


def _objective(loss: str, J: Array, r: Array, c: Array, rho: float) -> Callable[[Tensor], Tensor]:
    slopes, errors, weights = constant(J), constant(r), constant(c)

    def objective(d: Tensor) -> Tensor:
        moved = slopes @ d
        squares = (errors + moved).square()
        damping = float(rho) / 2 * d.square().sum()
        match loss:
            case "full":
                return squares.sum()
            case "mean" | "mean-damped":
                return squares.mean() + damping
            case "weighted":
                return (weights * squares).sum() / 2
            case "general":
                return (errors * moved + weights * moved.square() / 2).sum()
        return squares.sum() / 2 + damping

    return objective


def _derivatives(objective: Callable[[Tensor], Tensor], size: int) -> tuple[Array, Array]:
    """Gradient (D,) and Hessian (D, D) at 0."""
    import torch

    functional: Any = torch.autograd.functional
    origin = torch.zeros(size, dtype=torch.float64)
    return array(functional.jacobian(objective, origin)), array(functional.hessian(objective, origin))
