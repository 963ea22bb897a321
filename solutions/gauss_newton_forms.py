"""Quadratic forms of Gauss-Newton matrices for convex and other losses of one output, by automatic differentiation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor

CONVEX = frozenset({"half", "logistic", "poisson"})


def form(
    loss: str, z1: float, z2: float, y1: float, y2: float, j1: float, j2: float, k1: float, k2: float, v1: float,
    v2: float,
) -> float:  # fmt: skip
    """v.T G v: the second derivative, along v, of the loss of the linearised model."""
    G, v = _matrix(loss, [z1, z2], [y1, y2], [[j1, j2], [k1, k2]]), np.array([v1, v2], dtype=np.float64)
    return float(v @ G @ v)


def kind(
    loss: str, z1: float, z2: float, y1: float, y2: float, j1: float, j2: float, k1: float, k2: float,
) -> str:  # fmt: skip
    """'definite', 'here', 'indefinite' or 'singular', by the eigenvalues, and by probing the loss at many outputs."""
    values = np.linalg.eigvalsh(_matrix(loss, [z1, z2], [y1, y2], [[j1, j2], [k1, k2]]))
    if values[0] < -1e-9:
        return "indefinite"
    if values[0] < 1e-9:
        return "singular"
    outputs = np.linspace(-6, 6, 49)
    bends = [_curvature(loss, outputs, np.full(49, target)) for target in (0.0, 1.0)]
    return "definite" if np.min(bends) >= 0 else "here"


def kind_by_signs(loss: str, z1: float, z2: float, y1: float, y2: float) -> str:
    """The same for independent slopes: by the convexity of the loss, else by the signs of its second derivatives."""
    if loss in CONVEX:
        return "definite"
    bends = [_second_difference(loss, z, y) for z, y in ((z1, y1), (z2, y2))]
    return "here" if min(bends) > 0 else "indefinite"


def _matrix(loss: str, z: list[float], y: list[float], slopes: list[list[float]]) -> Array:
    J = np.array(slopes, dtype=np.float64)
    product: Array = J.T @ np.diag(_curvature(loss, np.array(z), np.array(y))) @ J
    return product


def _curvature(loss: str, z: Array, y: Array) -> Array:
    """Second derivative of the loss by the output, for each entry."""
    import torch

    outputs, targets = constant(z), constant(y)
    functional: Any = torch.autograd.functional
    ones = torch.ones_like(outputs)
    return array(functional.hvp(lambda at: _loss(loss, at, targets).sum(), outputs, ones)[1])


def _second_difference(loss: str, z: float, y: float) -> float:
    step = 1e-3
    values = array(_loss(loss, constant([z - step, z, z + step]), constant([y, y, y])))
    return float(values[0] - 2 * values[1] + values[2])


def _loss(loss: str, z: Tensor, y: Tensor) -> Tensor:
    import torch

    match loss:
        case "half":
            return (z - y) ** 2 / 2
        case "logistic":
            return torch.nn.functional.softplus(z) - y * z
        case "poisson":
            return z.exp() - y * z
        case "robust":
            return torch.log1p((z - y) ** 2)
    return (torch.sigmoid(z) - y) ** 2 / 2
