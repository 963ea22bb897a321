"""Steps in trust regions: stationary points of Lagrangians by autograd, multipliers by bisection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def stationary_step(
    region: str, g: Array, b: Array, theta: Array, c: Array, H: Array, A: Array, rho: float, gamma: float
) -> Array:  # fmt: skip
    """The step (n,) at which the gradient of the Lagrangian, which is quadratic, vanishes: one Newton step on it."""
    import torch

    slope, bowl, weights, middle = (constant(values) for values in (g, H, c, b))
    rate = {"ball": 2.0}.get(region, 1.0) * float(rho) / 2

    def lagrangian(d: Tensor) -> Tensor:
        model = slope @ d + d @ bowl @ d / 2
        match region:
            case "weighted":
                return model + rate * (weights * d * d).sum()
            case "mapped":
                return model + rate * (constant(A) @ d).square().sum()
            case "shifted":
                return model + rate * (d - middle).square().sum()
            case "last":
                model = model + float(gamma) / 2 * (constant(theta) + d).square().sum()
        return model + rate * d.square().sum()

    functional: Any = torch.autograd.functional
    origin = torch.zeros_like(slope)
    step = torch.linalg.solve(functional.hessian(lagrangian, origin), -functional.jacobian(lagrangian, origin))
    return array(step)


def multiplier(m: float, c0: float, s: float, side: float, R: float) -> float:
    """The damping whose step has the length R for H = ((m, c0), (c0, m)) and g = (s, side*s), by bisection."""
    H = np.array([[m, c0], [c0, m]], dtype=np.float64)
    g = np.array([s, side * s], dtype=np.float64)
    low, high = max(0.0, -float(np.linalg.eigvalsh(H)[0])) + 1e-9, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        longer = np.linalg.norm(np.linalg.solve(H + middle * np.eye(2), g)) > R
        low, high = (middle, high) if longer else (low, middle)
    return (low + high) / 2


def radius(h1: float, h2: float, l: float, p: float, q: float) -> float:  # noqa: E741
    """Length of the damped step for the Hessian diag(h1, h2) and the gradient (p, q)."""
    import torch

    damped = torch.diag(constant([h1 + l, h2 + l]))
    return float(torch.linalg.solve(damped, constant([p, q])).norm())
