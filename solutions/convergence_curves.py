"""How fast methods converge: by the condition number, under noise, and against conjugate gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import level, series
from solutions.drawings import Plot
from solutions.optimiser_curves import gradient_descent, points, ways

GOAL = 1e-6  # of the distance to the minimum over the start's
RUNS, SEED = 200, 0  # of noisy descents that are averaged


def iterations_by_condition() -> Plot:
    """Steps until the distance has shrunk to a millionth, by the condition number, with the best steps, really run."""
    kappas = [float(k) for k in (2, 4, 8, 16, 32, 64, 128, 256)]
    names = ("gradient descent", "momentum", "Nesterov")
    shown = tuple(series(name, np.log2(kappas), [iterations(name, k) for k in kappas], "path") for name in names)
    return Plot("Steps to a millionth", "log₂ of the condition number", "steps", shown, log=True)


def iterations(name: str, kappa: float) -> int:
    """Steps that this way of `optimiser_curves` needs from (1, 1)."""
    start = np.ones(2)
    for k, w in enumerate(ways(kappa, start)[name]):
        if np.linalg.norm(w) <= GOAL * np.linalg.norm(start):
            return k
    raise AssertionError("ways have no end")


def noise_ball(steps: int = 200, noise: float = 0.5) -> Plot:
    """Mean loss of 200 noisy descents on w²/2 by step: constant steps end at a floor, 1/t does not."""
    rates: dict[str, Callable[[int], float]] = {
        "step 0.5": lambda t: 0.5,
        "step 0.1": lambda t: 0.1,
        "step 1/(t + 2)": lambda t: 1 / (t + 2),
    }
    t = np.arange(0, steps + 1, 2)
    runs = [series(name, t, mean_losses(rate, steps, noise)[t]) for name, rate in rates.items()]
    floors = [level("", t, floor(step, noise)) for step in (0.5, 0.1)]
    return Plot("Noisy gradients", "step t", "mean loss", (*runs, *floors), log=True)


def mean_losses(rate: Callable[[int], float], steps: int, noise: float) -> Array:
    """The mean of w²/2 at each step, (steps + 1,), from w = 3, where each gradient w has normal noise."""
    source = np.random.default_rng(SEED)
    w = np.full(RUNS, 3.0)
    found = [(w**2).mean() / 2]
    for t in range(steps):
        w = w - rate(t) * (w + noise * source.standard_normal(RUNS))
        found.append((w**2).mean() / 2)
    return np.array(found)


def floor(step: float, noise: float) -> float:
    """The mean loss in the end with a constant step: step·noise² / (2·(2 − step))."""
    return step * noise**2 / (2 * (2 - step))


def conjugate_gradients(size: int = 20, kappa: float = 100.0, steps: int = 30) -> Plot:
    """Losses above the least by step on a quadratic of `size` weights: conjugate gradients are done within `size`."""
    curvatures = np.linspace(1, kappa, size)
    start, k = np.ones(size), np.arange(steps + 1)
    slow = points(gradient_descent(lambda w: curvatures * w, start, 2 / (1 + kappa)), steps)
    shown = []
    for name, found in (
        ("gradient descent", slow),
        ("conjugate gradients", points(conjugate(curvatures, start), steps)),
    ):
        losses = found**2 @ curvatures / 2
        there = losses > 1e-12
        shown.append(series(name, k[there], losses[there]))
    return Plot(f"A quadratic of {size} weights", "step", "loss above the least", tuple(shown), log=True)


def conjugate(curvatures: Array, at: Array) -> Iterator[Array]:
    """The points of conjugate gradients on Σ curvatures·w² / 2."""
    residual = -curvatures * at
    direction = residual
    while True:
        yield at
        size = residual @ residual
        if size < 1e-28:
            continue
        bent = curvatures * direction
        step = size / (direction @ bent)
        at = at + step * direction
        residual = residual - step * bent
        direction = residual + (residual @ residual) / size * direction
