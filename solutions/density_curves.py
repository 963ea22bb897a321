"""Two densities and their divergences, which differ by direction."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import series
from solutions.drawings import Plot

CENTRES, WIDTH = (-2.0, 2.0), 0.7  # of two humps that one Gaussian is fitted to
GRID = np.linspace(-8, 8, 801)  # where densities are summed


def two_gaussians(m0: float = 0.0, s0: float = 1.0, m1: float = 1.5, s1: float = 2.0) -> Plot:
    """The densities of p = N(m0, s0²) and q = N(m1, s1²); both divergences stand beside their names."""
    x = np.linspace(min(m0 - 3.5 * s0, m1 - 3.5 * s1), max(m0 + 3.5 * s0, m1 + 3.5 * s1), 101)
    there, back = gaussian_kl(m0, s0, m1, s1), gaussian_kl(m1, s1, m0, s0)
    both = (
        series(f"p, KL(p‖q) = {there:.3g}", x, density(x, m0, s0)),
        series(f"q, KL(q‖p) = {back:.3g}", x, density(x, m1, s1)),
    )
    return Plot("Two Gaussians", "x", "density", both)


def divergences_by_mean(s0: float = 1.0, s1: float = 2.0) -> Plot:
    """Both divergences of p = N(0, s0²) and q = N(m, s1²), in nats, as m moves."""
    m = np.linspace(-4, 4, 81)
    both = (
        series("KL(p‖q)", m, gaussian_kl(0.0, s0, m, s1)),
        series("KL(q‖p)", m, gaussian_kl(m, s1, 0.0, s0)),
    )
    return Plot("Divergences as the mean of q moves", "mean of q", "nats", both)


def one_for_two_humps() -> Plot:
    """Two humps p, the Gaussian q of least KL(p‖q), which covers both, and that of least KL(q‖p), which takes one."""
    x = np.linspace(-5, 5, 121)
    (m0, s0), (m1, s1) = covering(), seeking()
    shown = (
        series("p", x, humps(x)),
        series("q of least KL(p‖q)", x, density(x, m0, s0)),
        series("q of least KL(q‖p)", x, density(x, m1, s1)),
    )
    return Plot("One Gaussian for two humps", "x", "density", shown)


def covering() -> tuple[float, float]:
    """Mean and deviation of the Gaussian with least KL(p‖q): those of the humps."""
    weights = humps(GRID) / humps(GRID).sum()
    mean = float(weights @ GRID)
    return mean, math.sqrt(float(weights @ (GRID - mean) ** 2))


def seeking() -> tuple[float, float]:
    """Mean (not below 0) and deviation of the Gaussian with least KL(q‖p), by search."""
    tried = [(float(m), float(s)) for m in np.linspace(0, 3, 61) for s in np.linspace(0.3, 2.5, 45)]
    return min(tried, key=lambda q: summed_kl(density(GRID, *q), humps(GRID)))


def summed_kl(p: Array, q: Array) -> float:
    """KL(p‖q) in nats of two densities on `GRID`."""
    tiny = 1e-300
    return float(np.sum(p * (np.log(p + tiny) - np.log(q + tiny))) * (GRID[1] - GRID[0]))


def humps(x: Array) -> Array:
    """The mean of two Gaussian densities."""
    found: Array = (density(x, CENTRES[0], WIDTH) + density(x, CENTRES[1], WIDTH)) / 2
    return found


def density(x: Array, m: float, s: float) -> Array:
    """The density of N(m, s²) at each x."""
    found: Array = np.exp(-(((x - m) / s) ** 2) / 2) / (s * math.sqrt(2 * math.pi))
    return found


def gaussian_kl(m0: float | Array, s0: float, m1: float | Array, s1: float) -> float | Array:
    """KL(N(m0, s0²) ‖ N(m1, s1²)) in nats."""
    return math.log(s1 / s0) + (s0**2 + (m0 - m1) ** 2) / (2 * s1**2) - 0.5
