"""What an L1 and an L2 penalty do to weights."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import circle, placed, series
from solutions.drawings import Plot

BEST = np.array([1.8, 0.35])  # weights of least loss, in the geometry
HESSIAN = np.array([[1.0, 0.3], [0.3, 1.5]])
FINE = 721  # points of a ball that are tried, its corners among them
SEED, COUNT = 1, 40  # of the regression whose weights are followed
TRUE = np.array([2.0, -1.3, 0.5, 0.0])


def shrinkage(rate: float = 1.0) -> Plot:
    """The weight with a penalty by the weight without: argmin (w − z)²/2 + rate·|w| (L1), + rate·w²/2 (L2)."""
    z = np.linspace(-3, 3, 61)
    shown = (
        series("L1: soft threshold", z, soft(z, rate)),
        series("L2: ridge", z, z / (1 + rate)),
        series("no penalty", z[[0, -1]], z[[0, -1]], "thin"),
    )
    return Plot("Weights that a penalty leaves", "weight without penalty", "weight", shown)


def soft(z: Array, rate: float) -> Array:
    """sign(z)·max(|z| − rate, 0)."""
    found: Array = np.sign(z) * np.maximum(np.abs(z) - rate, 0)
    return found


def geometry(radius: float = 1.0) -> Plot:
    """Least loss within |w|₁ ≤ radius, on a corner where a weight is 0, and within |w|₂ ≤ radius; its contours."""
    disc, diamond = radius * circle(FINE), square_ball(radius)
    both = least(diamond), least(disc)
    shown = (
        placed(f"|w|₁ = {radius:g}", diamond[::60]),
        placed(f"|w|₂ = {radius:g}", disc[::20]),
        placed("least loss", BEST, "dots"),
        placed("least with penalty", both, "crosses"),
    )
    lines = [placed("", contour(loss(at)), "thin") for at in both]
    return Plot("Least loss within two balls", "w₁", "w₂", (*shown, *lines), square=True)


def loss(w: Array) -> float:
    """The quadratic loss of two weights."""
    return float((w - BEST) @ HESSIAN @ (w - BEST)) / 2


def least(places: Array) -> Array:
    """The place (2,) of least loss among places (n, 2)."""
    found: Array = min(places, key=loss)
    return found


def square_ball(radius: float) -> Array:
    """Points of the square that stands on a corner, (n, 2): |w₁| + |w₂| = radius."""
    around = circle(FINE)
    found: Array = radius * around / np.abs(around).sum(axis=1, keepdims=True)
    return found


def contour(value: float) -> Array:
    """The ellipse on which the loss has this value, (n, 2)."""
    found: Array = BEST + np.sqrt(2 * value) * circle(49) @ np.linalg.inv(np.linalg.cholesky(HESSIAN))
    return found


def lasso_path() -> Plot:
    """Weights of a regression on four inputs as an L1 penalty grows: one after another is 0."""
    x, y = regression()
    rates = np.linspace(0, 2.2, 45)
    weights = np.array([lasso(x, y, float(rate)) for rate in rates])
    shown = tuple(series(f"w{i + 1}", rates, weights[:, i]) for i in range(len(TRUE)))
    return Plot("Weights under an L1 penalty", "strength of the penalty", "weight", shown)


def ridge_path() -> Plot:
    """The same weights as an L2 penalty grows: all shrink, none is 0."""
    x, y = regression()
    rates = np.linspace(0, 5, 45)
    gram, moment = x.T @ x / COUNT, x.T @ y / COUNT
    weights = np.array([np.linalg.solve(gram + rate * np.eye(len(TRUE)), moment) for rate in rates])
    shown = tuple(series(f"w{i + 1}", rates, weights[:, i]) for i in range(len(TRUE)))
    return Plot("Weights under an L2 penalty", "strength of the penalty", "weight", shown)


def lasso(x: Array, y: Array, rate: float, rounds: int = 60) -> Array:
    """argmin |y − x·w|² / (2N) + rate·|w|₁, one weight after another (coordinate descent)."""
    gram, moment = x.T @ x / len(x), x.T @ y / len(x)
    w = np.zeros(x.shape[1])
    for _ in range(rounds):
        for i in range(len(w)):
            rest = moment[i] - gram[i] @ w + gram[i, i] * w[i]
            w[i] = soft(rest, rate) / gram[i, i]
    return w


def regression() -> tuple[Array, Array]:
    """Inputs (N, 4) that hang together a little, and targets (N,)."""
    source = np.random.default_rng(SEED)
    x = source.standard_normal((COUNT, len(TRUE))) + 0.2 * source.standard_normal((COUNT, 1))
    return x, x @ TRUE + 0.5 * source.standard_normal(COUNT)
