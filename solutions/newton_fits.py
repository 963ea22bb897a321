"""Levenberg-Marquardt on a model with two weights, with derivatives by PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def levenberg_marquardt(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Weights (steps, 2) after each step on half the sum of squared errors of w[0]*exp(w[1]*x); x and y (N,)."""
    import torch

    inputs, targets, weights, damping = constant(x), constant(y), constant(w), float(rho)
    eye = torch.eye(2, dtype=torch.float64)

    def residuals(at: Tensor) -> Tensor:
        return at[0] * torch.exp(at[1] * inputs) - targets

    functional: Any = torch.autograd.functional
    path = []
    for _ in range(int(steps)):
        r, J = residuals(weights), functional.jacobian(residuals, weights)
        d = torch.linalg.solve(J.T @ J + damping * eye, -J.T @ r)
        linear = (r + J @ d).square().sum() / 2  # the loss of the linearised model
        before, after = r.square().sum() / 2, residuals(weights + d).square().sum() / 2
        ratio = float((before - after) / (before - linear))
        if ratio > 0:
            weights = weights + d
        if ratio < 0.25:
            damping *= 2
        elif ratio > 0.75:
            damping /= 3
        path.append(array(weights))
    return np.array(path)


def fit_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `levenberg_marquardt` in which steps are refused, and the damping grows as well as shrinks.

    In the last one the ratio falls on another side of a bound where the predicted fall includes the damping.
    """
    draw, calls = np.random.default_rng([seed, 8]), []
    for n, rho, start, steps in ((4, 0.01, (0.3, -1.5), 6), (3, 1.0, (2.0, 1.0), 4), (4, 0.1, (1.0, 0.0), 4)):
        x = draw.uniform(-1, 2, size=n)
        y = draw.uniform(0.5, 2) * np.exp(draw.uniform(0.3, 1) * x) + 0.1 * draw.normal(size=n)
        w = np.array(start) + 0.1 * draw.normal(size=2)
        calls.append({"x": x, "y": y, "w": w, "rho": rho, "steps": steps})
    x = np.array([-0.1, 1.8, -0.5, -0.3]) + 0.03 * draw.normal(size=4)
    y = np.array([0.9, 2.9, 0.7, 0.8]) + 0.03 * draw.normal(size=4)
    calls.append({"x": x, "y": y, "w": np.array([-1, 0]) + 0.03 * draw.normal(size=2), "rho": 1.0, "steps": 4})
    return calls
