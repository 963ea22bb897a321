"""Estimates from few data as curves: a logistic fit, a posterior of a coin, minibatches, searches."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import series
from solutions.drawings import Plot

COUNT, SEED = 30, 5
EXAMPLES = 64  # that minibatches are drawn from


def logistic_fit() -> Plot:
    """Labels 0 and 1 by x, and the probability of 1 that logistic regression fits to them."""
    x, y = labelled()
    w, b = fitted(x, y)
    grid = np.linspace(x.min(), x.max(), 81)
    shown = (
        series("P(y = 1)", grid, 1 / (1 + np.exp(-(w * grid + b)))),
        series("y = 1", x[y == 1], y[y == 1], "dots"),
        series("y = 0", x[y == 0], y[y == 0], "crosses"),
    )
    return Plot("Logistic regression", "x", "y", shown)


def fitted(x: Array, y: Array, rounds: int = 20) -> tuple[float, float]:
    """Slope and bias of the greatest likelihood, by Newton's method."""
    inputs, theta = np.stack([x, np.ones_like(x)], axis=1), np.zeros(2)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-inputs @ theta))
        theta += np.linalg.solve(inputs.T @ (inputs * (p * (1 - p))[:, None]), inputs.T @ (y - p))
    return float(theta[0]), float(theta[1])


def labelled() -> tuple[Array, Array]:
    """Numbers, and labels that are likelier 1 where they are larger."""
    source = np.random.default_rng(SEED)
    x = source.uniform(-3, 3, COUNT)
    return x, (source.random(COUNT) < 1 / (1 + np.exp(-x))).astype(float)


def coin_posterior(heads: tuple[int, ...] = (0, 3, 30), tosses: tuple[int, ...] = (0, 4, 40)) -> Plot:
    """Densities of a coin's probability of heads after some tosses, from a flat prior: narrower as tosses add up."""
    p = np.linspace(0, 1, 101)
    shown = tuple(
        series(f"{h} of {n}" if n else "prior", p, beta(p, h, n - h)) for h, n in zip(heads, tosses, strict=True)
    )
    return Plot("What tosses tell of a coin", "probability of heads", "density", shown)


def beta(p: Array, heads: int, tails: int) -> Array:
    """The density at p after these tosses, from a flat prior."""
    scale = math.factorial(heads + tails + 1) / (math.factorial(heads) * math.factorial(tails))
    return scale * p**heads * (1 - p) ** tails


def variance_by_batch() -> Plot:
    """Variance of a minibatch gradient by its size B of 64, over that of one example: with and without replacement."""
    sizes = np.array([1, 2, 4, 8, 16, 32, 48, 60, 63])
    drawn = 1 / sizes
    both = (
        series("with replacement", sizes, drawn, "path"),
        series("without", sizes, drawn * (EXAMPLES - sizes) / (EXAMPLES - 1), "path"),
    )
    return Plot("Variance of a minibatch gradient", "batch size B", "variance / one example's", both, log=True)


def grid_and_random(seed: int = 57) -> Plot:
    """Nine trials of two hyperparameters on a grid, and nine at random: of each the grid tries three values only."""
    ticks = (1 / 6, 1 / 2, 5 / 6)
    grid = np.array([(x, y) for x in ticks for y in ticks])
    free = np.random.default_rng(seed).random((9, 2))
    both = (series("grid", grid[:, 0], grid[:, 1], "crosses"), series("random", free[:, 0], free[:, 1], "dots"))
    return Plot("Nine trials of two hyperparameters", "one that matters", "one that does not", both, square=True)
