"""Estimates from draws: how far they spread, and what more draws do to a bound."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array
from solutions.bound_curves import log_evidence, posterior
from solutions.curve_points import level, series
from solutions.density_curves import density
from solutions.drawings import Plot

SEED = 0
DRAWS = 40_000  # that a variance is estimated from
GROUPS = 1000  # of draws that a bound is averaged over
MODEL = (2.0, 1.5, 1.0)  # x, w, sigma of `bound_curves`


def gradient_variances() -> Plot:
    """Variances of one-draw estimates of ∂/∂m₁ E|z|², z ~ N(m, I), by the number of coordinates."""
    sizes = (1, 2, 4, 8, 16, 32, 64)
    found = np.array([variances(size) for size in sizes])  # (sizes, 3)
    names = ("score function", "with the mean as baseline", "reparameterised")
    shown = tuple(series(name, np.log2(sizes), found[:, i], "path") for i, name in enumerate(names))
    return Plot("Spread of gradient estimates", "log₂ of the coordinates", "variance", shown, log=True)


def variances(size: int) -> tuple[float, float, float]:
    """Of f(z)·(z₁ − m₁), of (f(z) − E f)·(z₁ − m₁), and of ∂f/∂z₁, for f = |z|² and m = (1, ..., 1)."""
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, size))
    z = 1 + noise
    f = (z**2).sum(axis=1)
    estimates = (f * noise[:, 0], (f - 2 * size) * noise[:, 0], 2 * z[:, 0])
    first, second, third = (float(estimate.var()) for estimate in estimates)
    return first, second, third


def bounds_by_draws() -> Plot:
    """Means of log (1/K) Σ p(x, z)/q(z) by K: bounds of log p(x) that rise to it, sooner for the better q."""
    draws = (1, 2, 4, 8, 16, 32, 64, 128)
    mean, deviation = posterior(*MODEL)
    proposals = {"q: the prior": (0.0, 1.0), "q: nearer": (mean, 2 * deviation)}
    shown = tuple(
        series(f"{name}", np.log2(draws), [mean_bound(*q, k) for k in draws], "path") for name, q in proposals.items()
    )
    evidence = level("log p(x)", np.log2(draws), log_evidence(*MODEL))
    return Plot("Bounds from weighted draws", "log₂ of the draws K", "nats", (*shown, evidence))


def mean_bound(m: float, s: float, draws: int) -> float:
    """The mean over groups of the log of the mean weight of so many draws from q = N(m, s²)."""
    x, w, sigma = MODEL
    z = m + s * np.random.default_rng(SEED).standard_normal((GROUPS, draws))
    weights = density(z, 0.0, 1.0) * density(x - w * z, 0.0, sigma) / density(z, m, s)
    return float(np.log(weights.mean(axis=1)).mean())


def jensen(low: float = 0.5, high: float = 3.5) -> Plot:
    """log x with the chord between two equally likely values: E[log x] lies on the chord, log E[x] above it."""
    x = np.linspace(0.3, 4, 75)
    middle = (low + high) / 2
    mean = (math.log(low) + math.log(high)) / 2
    shown = (
        series("log x", x, np.log(x)),
        series("log E[x]", middle, math.log(middle), "dots"),
        series("E[log x]", middle, mean, "crosses"),
        series("chord", (low, high), (math.log(low), math.log(high)), "thin"),
    )
    return Plot("Jensen's inequality", "x", "log x", shown)


def transformed(count: int = 4000) -> Plot:
    """The density of x = exp(z/2) for standard normal z, p(z)·|dz/dx|, with shares of draws in bins, and that of z."""
    x, z = np.linspace(0.05, 5, 100), np.linspace(-3, 5, 81)
    shares, edges = np.histogram(
        np.exp(np.random.default_rng(SEED).standard_normal(count) / 2), bins=np.linspace(0, 5, 26)
    )
    bins = series("draws of x", (edges[1:] + edges[:-1]) / 2, shares / count / (edges[1] - edges[0]), "dots")
    shown = (series("p(z)", z, density(z, 0, 1)), series("p(x), x = exp(z/2)", x, transformed_density(x)), bins)
    return Plot("A density before and after a change of variables", "z, x", "density", shown)


def transformed_density(x: Array) -> Array:
    """The density of exp(z/2): z = 2 log x, dz/dx = 2/x."""
    found: Array = density(2 * np.log(x), 0, 1) * 2 / x
    return found
