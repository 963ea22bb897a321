"""Polynomials fitted to noisy points of a sine wave: what fits too little, what fits too much."""

from __future__ import annotations

import numpy as np
from numpy.polynomial import Polynomial

from solutions.arrays import Array
from solutions.curve_points import level, series
from solutions.drawings import Plot

NOISE, COUNT, SEED = 0.25, 15, 3
HELD = 200  # points of the validation set
SAMPLES = 400  # training sets that bias and variance are estimated from
DEGREES = range(1, 13)


def wave(x: Array) -> Array:
    """The mean of y at each x."""
    found: Array = np.sin(2 * np.pi * x)
    return found


def fits(degrees: tuple[int, ...] = (1, 3, 12)) -> Plot:
    """Least-squares fits of these degrees to fifteen points, the points, and the true curve as a thin line."""
    x, y = drawn(np.random.default_rng(SEED), COUNT)
    grid = np.linspace(x.min(), x.max(), 111)
    lines = [series(f"degree {d}", grid, fitted(x, y, d)(grid)) for d in degrees]
    truth = series("truth", grid, wave(grid), "thin")
    return Plot("Polynomials fitted to noisy points", "x", "y", (*lines, series("points", x, y, "dots"), truth))


def errors_by_degree() -> Plot:
    """Mean squared errors of the fits on the fifteen points and on 200 others."""
    train, held = errors()
    both = (series("training", DEGREES, train), series("validation", DEGREES, held))
    noise = level("noise", DEGREES, NOISE**2)
    return Plot("Error by degree", "degree", "mean squared error", (*both, noise))


def errors() -> tuple[Array, Array]:
    """The two errors of each degree of `DEGREES`."""
    source = np.random.default_rng(SEED)
    x, y = drawn(source, COUNT)
    held_x, held_y = drawn(source, HELD)
    models = [fitted(x, y, degree) for degree in DEGREES]

    def squares(at: Array, wanted: Array) -> Array:
        return np.array([((model(at) - wanted) ** 2).mean() for model in models])

    return squares(x, y), squares(held_x, held_y)


def bias_and_variance() -> Plot:
    """Squared bias, variance and their sum with the noise, by degree: means over 400 training sets and all x."""
    bias, variance = bias_variance()
    total = bias + variance + NOISE**2
    curves = {"bias²": bias, "variance": variance, "expected error": total}
    shown = [series(name, DEGREES, values) for name, values in curves.items()]
    noise = level("noise", DEGREES, NOISE**2)
    return Plot("Bias and variance by degree", "degree", "mean squared error", (*shown, noise), log=True)


def bias_variance() -> tuple[Array, Array]:
    """Squared bias and variance of each degree of `DEGREES`, means over x."""
    source = np.random.default_rng(SEED)
    x = np.linspace(0, 1, COUNT)
    grid = np.linspace(0, 1, 50)
    targets = wave(x)[:, None] + NOISE * source.standard_normal((COUNT, SAMPLES))
    found = []
    for degree in DEGREES:
        weights: Array = np.linalg.pinv(_powers(x, degree)) @ targets  # (degree + 1, SAMPLES)
        made: Array = _powers(grid, degree) @ weights  # (50, SAMPLES)
        found.append((((made.mean(axis=1) - wave(grid)) ** 2).mean(), made.var(axis=1).mean()))
    return np.array([bias for bias, _ in found]), np.array([variance for _, variance in found])


def drawn(source: np.random.Generator, count: int) -> tuple[Array, Array]:
    """x evenly from 0 to 1, and y around the wave."""
    x = np.linspace(0, 1, count)
    return x, wave(x) + NOISE * source.standard_normal(count)


def fitted(x: Array, y: Array, degree: int) -> Polynomial:
    """The polynomial of least squares."""
    found: Polynomial = Polynomial.fit(x, y, degree)
    return found


def _powers(x: Array, degree: int) -> Array:
    """Chebyshev polynomials of x up to the degree, one in a column: they span all polynomials."""
    found: Array = np.asarray(np.polynomial.chebyshev.chebvander(2 * x - 1, degree), dtype=np.float64)
    return found
