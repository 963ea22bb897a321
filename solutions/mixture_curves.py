"""EM on numbers from two Gaussians as curves; and what a factorised q makes of a correlated posterior."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import circle, placed, series
from solutions.density_curves import density
from solutions.drawings import Plot

COUNT, SEED = 50, 4
CENTRE = 2.0  # the Gaussians drawn from are at this and at less this, as likely as each other, with deviation 1
ROUNDS = 300  # of EM, after which the log-likelihood is taken for the greatest


def mean_field(correlation: float = 0.9) -> Plot:
    """One deviation around of a Gaussian posterior, and of the factorised q of least KL(q‖p) and of least KL(p‖q)."""
    around = circle(41)
    root = np.linalg.cholesky(np.array([[1.0, correlation], [correlation, 1.0]]))
    shown = (
        placed("posterior p", around @ root.T),
        placed("q of least KL(q‖p)", math.sqrt(1 - correlation**2) * around),
        placed("q of least KL(p‖q)", around),
    )
    return Plot("A factorised q for a correlated posterior", "z₁", "z₂", shown, square=True)


def bound_touches(start: float = 0.4) -> Plot:
    """Log-likelihood by the centre m of one of two Gaussians, the other at −m, and EM's bounds at two steps."""
    x, grid = numbers(1.3), np.linspace(0, 2, 81)
    here = [start, next_centre(x, start)]
    here.append(next_centre(x, here[1]))
    shown = [series("log-likelihood", grid, [gain(x, float(m)) for m in grid])]
    for name, at in zip(("bound at the start", "bound after a step"), here, strict=False):
        bound = np.array([bound_gain(x, float(m), at) for m in grid])
        near = bound > gain(x, start) - 15
        shown.append(series(name, grid[near], bound[near]))
    steps = series("EM", here, [gain(x, m) for m in here], "dots")
    return Plot("Two steps of EM", "centre m", "nats over m = 0", (*shown, steps))


def densities_by_step(shown: tuple[int, ...] = (0, 1, 3, 40)) -> Plot:
    """The fitted density after some steps of EM on all of weight, centres and deviations, with the numbers below."""
    x, grid = numbers(), np.linspace(-5, 5, 101)
    runs = em(x, max(shown))
    lines = [series(f"step {k}", grid, mixture(grid, *runs[k])) for k in shown]
    return Plot("Densities that EM fits", "x", "density", (*lines, series("numbers", x, np.zeros(len(x)), "crosses")))


def likelihood_by_step(steps: int = 40) -> Plot:
    """How far the log-likelihood is below the greatest after each step of EM from three starts: it never falls."""
    x = numbers()
    starts = {"(−0.5, 1)": (-0.5, 1.0), "(−0.1, 0.1)": (-0.1, 0.1), "(1, 3)": (1.0, 3.0)}
    shown = []
    for name, centres in starts.items():
        likely = [float(np.log(mixture(x, *run)).sum()) for run in em(x, ROUNDS, centres)]
        shown.append(series(f"from {name}", np.arange(steps + 1), max(likely) - np.array(likely[: steps + 1])))
    return Plot("Log-likelihood by step of EM", "step", "nats below the greatest", tuple(shown), log=True)


Mixture = tuple[float, Array, Array]  # weight of the second, centres (2,), deviations (2,)


def em(x: Array, steps: int, centres: tuple[float, float] = (-0.5, 1.0)) -> list[Mixture]:
    """The start, with deviations 1, and the mixture after each step."""
    found: list[Mixture] = [(0.5, np.array(centres), np.ones(2))]
    for _ in range(steps):
        weight, means, widths = found[-1]
        second = weight * density(x, means[1], widths[1]) / mixture(x, *found[-1])
        shares = np.stack([1 - second, second])  # (2, N)
        means = shares @ x / shares.sum(axis=1)
        widths = np.sqrt((shares * (x - means[:, None]) ** 2).sum(axis=1) / shares.sum(axis=1))
        found.append((float(second.mean()), means, widths))
    return found


def mixture(x: Array, weight: float, means: Array, widths: Array) -> Array:
    """The density of the mixture at each x."""
    return (1 - weight) * density(x, means[0], widths[0]) + weight * density(x, means[1], widths[1])


def gain(x: Array, m: float) -> float:
    """The log-likelihood of centres −m and m with deviation 1, equally likely, over that of m = 0."""
    return float((np.log(np.cosh(m * x)) - m**2 / 2).sum())


def bound_gain(x: Array, m: float, here: float) -> float:
    """The bound of it with the responsibilities of `here`: equal at m = here, below everywhere else."""
    second = 1 / (1 + np.exp(-2 * here * x))
    likely = (1 - second) * np.log(density(x, -m, 1.0) / 2) + second * np.log(density(x, m, 1.0) / 2)
    entropy = -(1 - second) * np.log(1 - second) - second * np.log(second)
    return float((likely + entropy - np.log(density(x, 0.0, 1.0))).sum())


def next_centre(x: Array, m: float) -> float:
    """The centre after a step of EM: where the bound at m is highest."""
    return float((np.tanh(m * x) * x).mean())


def numbers(centre: float = CENTRE) -> Array:
    """The numbers that are fitted."""
    source = np.random.default_rng(SEED)
    return source.choice((-centre, centre), COUNT) + source.standard_normal(COUNT)
