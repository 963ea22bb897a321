"""Steps of gradient descent on small graphs, by torch's autograd and SGD; budgets of a search, by counting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def same_rate(rate: float, n: int, was: str, now: str) -> float:
    """The rate that repeats the step: both steps are taken by autograd on n made-up examples and compared."""
    return rate * _slope(n, was) / _slope(n, now)


def same_penalty(rho0: float, n: int, was: str, now: str) -> float:
    """The weight of the penalty in the new objective with the same minimum: gradients of both terms stay in balance."""
    return rho0 * _slope(n, now) / _slope(n, was)


def _slope(n: int, reduction: str) -> float:
    """The derivative of a squared loss on n fixed examples by its one weight."""
    import torch

    x, weight = constant(np.linspace(1, 2, int(n))), leaf(0.5)
    loss = torch.nn.functional.mse_loss(weight * x, x**2, reduction=reduction)
    (found,) = torch.autograd.grad(loss, weight)
    return float(found)


def tiny_output(x: float, w: float, b: float, v: float, f: str) -> float:
    """The output y."""
    return float(v * _hidden(f)(constant(w * x + b)))


def tiny_slope(x: float, w: float, b: float, v: float, t: float, f: str, kind: str, asked: str) -> float:
    """dL/d(asked) by autograd."""
    return _tiny(x, w, b, v, t, f, kind, 0.0)[asked][1]


def tiny_update(x: float, w: float, b: float, v: float, t: float, f: str, kind: str, asked: str, rate: float) -> float:
    """The parameter after one step of torch's SGD on all three."""
    return _tiny(x, w, b, v, t, f, kind, rate)[asked][0]


def _tiny(
    x: float, w: float, b: float, v: float, t: float, f: str, kind: str, rate: float
) -> dict[str, tuple[float, float]]:
    """Value after the step and derivative before it, of each parameter."""
    import torch

    leaves = {"w": leaf(w), "b": leaf(b), "v": leaf(v)}
    error = leaves["v"] * _hidden(f)(leaves["w"] * x + leaves["b"]) - t
    loss = {"half": error**2 / 2, "full": error**2, "abs": error.abs()}[kind]
    optimiser = torch.optim.SGD(list(leaves.values()), lr=float(rate))
    for value, slope in zip(leaves.values(), torch.autograd.grad(loss, list(leaves.values())), strict=True):
        value.grad = slope
    slopes = {name: float(value.grad) for name, value in leaves.items() if value.grad is not None}
    optimiser.step()
    return {name: (float(value.detach()), slopes[name]) for name, value in leaves.items()}


def _hidden(f: str) -> Callable[[Tensor], Tensor]:
    import torch

    table: dict[str, Callable[[Tensor], Tensor]] = {
        "abs": torch.abs,
        "relu": torch.relu,
        "leaky": lambda z: torch.nn.functional.leaky_relu(z, 0.1),
        "square": torch.square,
    }
    return table[f]


def trials_needed(percent: int, sure: int) -> int:
    """The fewest independent trials, found by adding one at a time."""
    miss, trials = 1.0, 0
    while 1 - miss < sure / 100:
        miss *= 1 - percent / 100
        trials += 1
    return trials


def grid_values(per_axis: int, d: int) -> int:
    """Different values of one hyperparameter on a full grid, counted on the grid itself."""
    grid = np.indices((int(per_axis),) * int(d)).reshape(int(d), -1)
    return len(set(grid[0].tolist()))


def log_share(low: int, high: int, cut: int) -> float:
    """The share of draws below 10**cut, log-uniform from 10**low to 10**high, by the quantiles of a fine grid."""
    exponents = constant(np.linspace(low, high, 10_000 * (high - low) + 1))
    return float((exponents <= cut + 1e-9).sum() - 1) / (len(exponents) - 1)
