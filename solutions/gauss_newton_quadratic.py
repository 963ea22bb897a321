"""Quadratic forms of Gauss-Newton matrices of losses of K outputs, by second derivatives along a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, constant

if TYPE_CHECKING:
    from torch import Tensor


def form(loss: str, J: Array, v: Array, p: Array, s: Array, r: Array, y: Array) -> float:
    """v.T G v for the target y (K,) and outputs with the sigmoids s, the exponentials r, or the softmax or values p."""
    return _along(loss, {"sigmoid": s, "poisson": r}.get(loss, p), y, np.asarray(J @ v))


def number(loss: str, rows: Array, V: Array, P: Array) -> float:
    """The same for the drawn values; the target does not matter."""
    return _along(loss, P, np.array([1.0, 0.0, 0.0]), np.asarray(rows @ V))


def null_changes(loss: str, P: Array) -> str:
    """'shift' where an equal change of all outputs has the form 0, 'sum' or 'single' for other changes, else 'none'."""
    target = np.array([0.0, 1.0, 0.0])
    changes = {"shift": [1.0, 1.0, 1.0], "sum": [1.0, -1.0, 0.0], "single": [1.0, 0.0, 0.0]}
    for name, change in changes.items():
        if abs(_along(loss, P, target, np.array(change))) < 1e-12:
            return name
    return "none"


def declared_null(zero: str) -> str:
    """The name that the question's author gives to the changes."""
    return zero


def _along(loss: str, p: Array, y: Array, change: Array) -> float:
    """Second derivative, at 0, of the loss of the outputs moved by t times the change."""
    import torch

    start = np.log(p) if loss in ("softmax", "poisson") else np.log(p) - np.log1p(-p) if loss == "sigmoid" else p
    functional: Any = torch.autograd.functional
    origin = torch.zeros((), dtype=torch.float64)
    return float(functional.hessian(lambda t: _loss(loss, constant(start) + t * constant(change), constant(y)), origin))


def _loss(loss: str, z: Tensor, y: Tensor) -> Tensor:
    import torch

    match loss:
        case "softmax":
            return -(y * torch.log_softmax(z, dim=-1)).sum()
        case "sigmoid":
            return torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum")
        case "squared":
            return (z - y).square().sum()
        case "poisson":
            return (z.exp() - y * z).sum()
        case "distance":
            return (z - y).square().mean()
    return z.var(correction=0)
