"""The evidence and its bound in a Gaussian model of one number: z ~ N(0, 1), x | z ~ N(w·z, sigma²), q = N(m, s²)."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import level, series
from solutions.drawings import Plot


def bound_by_mean(x: float = 2.0, w: float = 1.5, sigma: float = 1.0) -> Plot:
    """ELBO as the mean of q moves, with the posterior's deviation and with half; the gap to log p(x) is a KL."""
    mean, deviation = posterior(x, w, sigma)
    m = np.linspace(mean - 1.5, mean + 1.5, 81)
    shown = (
        series("ELBO, best s", m, elbo(x, w, sigma, m, deviation)),
        series("ELBO, half of it", m, elbo(x, w, sigma, m, deviation / 2)),
        level("log p(x)", m, log_evidence(x, w, sigma)),
    )
    return Plot("The bound as the mean of q moves", "mean m of q", "nats", shown)


def bound_by_deviation(x: float = 2.0, w: float = 1.5, sigma: float = 1.0) -> Plot:
    """ELBO as the deviation of q moves, at the posterior's mean; it touches log p(x) at the posterior's deviation."""
    mean, _ = posterior(x, w, sigma)
    s = np.linspace(0.1, 1.5, 81)
    shown = (series("ELBO", s, elbo(x, w, sigma, mean, s)), level("log p(x)", s, log_evidence(x, w, sigma)))
    return Plot("The bound as the deviation of q moves", "deviation s of q", "nats", shown)


def elbo(x: float, w: float, sigma: float, m: float | Array, s: float | Array) -> float | Array:
    """E_q[log p(x | z)] − KL(q ‖ p(z)) in nats."""
    likely = -math.log(2 * math.pi * sigma**2) / 2 - ((x - w * m) ** 2 + (w * s) ** 2) / (2 * sigma**2)
    found: float | Array = likely - (m**2 + s**2 - 1 - 2 * np.log(s)) / 2
    return found


def log_evidence(x: float, w: float, sigma: float) -> float:
    """log p(x): x is N(0, w² + sigma²)."""
    variance = w**2 + sigma**2
    return -math.log(2 * math.pi * variance) / 2 - x**2 / (2 * variance)


def posterior(x: float, w: float, sigma: float) -> tuple[float, float]:
    """Mean and deviation of z given x."""
    variance = w**2 + sigma**2
    return w * x / variance, sigma / math.sqrt(variance)
