"""What a generator and a discriminator play for, as curves."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import level, series
from solutions.density_curves import density
from solutions.drawings import Plot


def best_discriminator(mean: float = 1.5, deviation: float = 1.0) -> Plot:
    """Densities of data (two humps) and of a generator N(mean, deviation²), and D* = p_data / (p_data + p_g)."""
    x = np.linspace(-4, 5, 101)
    data = (density(x, -1.5, 0.6) + density(x, 1.5, 0.8)) / 2
    made = density(x, mean, deviation)
    shown = (
        series("p_data", x, data),
        series("p_g", x, made),
        series("D*", x, data / (data + made)),
        level("", x, 0.5),
    )
    return Plot("The best discriminator", "x", "density, D*", shown)


def generator_losses() -> Plot:
    """The saturating loss log(1 − D), flat where D is near 0, and −log D, by the output D for a made example."""
    d = np.linspace(0.01, 0.99, 99)
    both = (series("log(1 − D)", d, np.log(1 - d)), series("−log D", d, -np.log(d)))
    return Plot("Losses of the generator", "D(G(z))", "loss", both)


def jensen_shannon_by_mean(widths: tuple[float, ...] = (1.0, 0.3)) -> Plot:
    """JS(p_data, p_g) in nats as the mean of p_g moves away: flat at log 2 where they hardly meet."""
    m = np.linspace(0, 6, 61)
    shown = tuple(series(f"deviation {s:g}", m, [jensen_shannon(0.0, float(shift), s) for shift in m]) for s in widths)
    return Plot("Divergence as the generator moves away", "distance of the means", "JS, nats",
                (*shown, level("log 2", m, math.log(2))))  # fmt: skip


def jensen_shannon(m0: float, m1: float, s: float) -> float:
    """JS of N(m0, s²) and N(m1, s²) in nats, summed on a fine grid."""
    x = np.linspace(min(m0, m1) - 9 * s, max(m0, m1) + 9 * s, 2001)
    p, q = density(x, m0, s), density(x, m1, s)
    return float(_relative(p, (p + q) / 2) + _relative(q, (p + q) / 2)) / 2 * float(x[1] - x[0])


def _relative(p: Array, middle: Array) -> float:
    """The sum of p·log(p / middle), where p is not 0."""
    there = p > 0
    return float(np.sum(p[there] * np.log(p[there] / middle[there])))
