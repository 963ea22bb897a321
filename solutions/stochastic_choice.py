"""Which way of choosing learning rates ends lowest: a loss with two curvatures, noisy derivatives and a fixed budget.

The loss is (steep*x^2 + flat*y^2)/2; both derivatives are measured with noise of variance v. A budget is a number of
gradient evaluations. Names: 'long' (1/steep), 'short' (0.1/steep), 'falling' (1/(steep k)), 'late' (1/steep in the
first half, then falling like 1/k) and 'curvature' (1/(h k) along each axis, `dear` evaluations for a step).
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array

RUNS = 500


def lowest(steep: float, flat: float, r: float, v: float, budget: float, dear: float) -> str:
    """Name of the way with the lowest mean loss, by the exact recursion for the mean squares; both start at r."""
    losses = mean_losses(steep, flat, r, v, budget, dear)
    return min(losses, key=lambda name: losses[name])


def lowest_by_running(steep: float, flat: float, r: float, v: float, budget: float, dear: float) -> str:
    """The same from many runs with normal noise; the standard error is about 7 per cent, the margins are wider."""
    curvature = np.array([float(steep), float(flat)])
    noise = np.random.default_rng(11)
    losses = {}
    for name, rates in _rates(float(steep), float(flat), int(budget), int(dear)).items():
        at = np.full((RUNS, 2), float(r))
        for rate in rates:
            at = at - rate * (at * curvature + noise.normal(scale=float(v) ** 0.5, size=at.shape))
        losses[name] = float((at**2 @ curvature).mean() / 2)
    return min(losses, key=lambda name: losses[name])


def mean_losses(steep: float, flat: float, r: float, v: float, budget: float, dear: float) -> dict[str, float]:
    """The mean loss at the end, for each way."""
    return {name: path[-1] for name, path in mean_loss_paths(steep, flat, r, v, budget, dear).items()}


def mean_loss_paths(
    steep: float, flat: float, r: float, v: float, budget: float, dear: float
) -> dict[str, tuple[float, ...]]:
    """The mean loss at the start and after each step, for each way."""
    curvature = np.array([float(steep), float(flat)])
    paths = {}
    for name, rates in _rates(float(steep), float(flat), int(budget), int(dear)).items():
        square = np.full(2, float(r) ** 2)
        path = [float(curvature @ square / 2)]
        for rate in rates:
            square = (1 - rate * curvature) ** 2 * square + rate**2 * float(v)
            path.append(float(curvature @ square / 2))
        paths[name] = tuple(path)
    return paths


def _rates(steep: float, flat: float, budget: int, dear: int) -> dict[str, Array]:
    """Learning rates (steps, 2) along both axes."""
    k = np.arange(1.0, budget + 1)
    half = budget // 2
    few = np.arange(1.0, budget // dear + 1)
    both = np.ones(2)
    return {
        "long": np.outer(np.full(budget, 1 / steep), both),
        "short": np.outer(np.full(budget, 0.1 / steep), both),
        "falling": np.outer(1 / (steep * k), both),
        "late": np.outer(np.minimum(1.0, half / k) / steep, both),
        "curvature": np.outer(1 / few, 1 / np.array([steep, flat])),
    }
