"""Gaussians of fixed form: the bound by Gauss-Hermite quadrature of log p(x | z) + log p(z) - log q(z)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array

NODES = np.polynomial.hermite_e.hermegauss(60)


def mean_under(function: Callable[[Array], Array], mean: float, variance: float) -> float:
    """The mean of the function under N(mean, variance)."""
    nodes, weights = NODES
    return float((function(mean + variance**0.5 * nodes) * weights).sum() / weights.sum())


def log_likelihood(model: str, x: float) -> Callable[[Array], Array]:
    """log p(x | z) as a function of z, without what does not depend on z."""
    return {
        "count": lambda z: x * z - np.exp(z),
        "waiting": lambda z: z - x * np.exp(z),
        "scale": lambda z: -(z + x**2 * np.exp(-z)) / 2,
        "linear": lambda z: -((x - 2 * z) ** 2) / 2,
        "square": lambda z: -((x - z**2) ** 2) / 2,
        "growth": lambda z: -((x - np.exp(z)) ** 2) / 2,
    }[model]


def bound(m: float, v: float, s: float, l: float, x: float, model: str, par: str) -> float:  # noqa: E741
    """The bound for q = N(m, variance), the variance given by v, by its root s or by its logarithm l."""
    variance = {"v": v, "s": s * s, "l": float(np.exp(l))}[par]
    fit = log_likelihood(model, x)
    return mean_under(lambda z: fit(z) + log_normal(z, 0.0, 1.0) - log_normal(z, m, variance), m, variance)


def log_normal(z: Array, mean: float, variance: float) -> Array:
    """log N(z | mean, variance)."""
    return np.asarray(-((z - mean) ** 2) / (2 * variance) - np.log(2 * np.pi * variance) / 2)


def ascent(m0: float, g0: float, x0: float, eta0: float, model: str, par: str) -> float:
    """The change of the mean in a step of ascent; the slope is the mean of log-joint times (z - m0)/variance."""
    variance, fit, m = float(g0) ** 2 if par == "s" else float(g0), log_likelihood(model, float(x0)), float(m0)
    slope = mean_under(lambda z: (fit(z) - z**2 / 2) * (z - m) / variance, m, variance)
    return float(eta0) * slope


def fitted(log_joint: Callable[[Array], Array]) -> tuple[float, float]:
    """Mean and variance of the Gaussian with the largest bound, for a log-joint that is a parabola in z.

    The mean of the log-joint under N(m, v) is a parabola in m and a straight line in v.
    """
    low, middle, high = (mean_under(log_joint, m, 1.0) for m in (-1.0, 0.0, 1.0))
    curvature = 2 * middle - low - high
    fall = middle - mean_under(log_joint, 0.0, 2.0)  # by one unit of variance; the entropy gains log(v)/2
    return (high - low) / 2 / curvature, 1 / (2 * fall)


def optimum(
    w: Array, u: float, b: float, x: Array, y: float, c: float, v: float, r: Array, k: float, case: str
) -> tuple[float, float]:  # fmt: skip
    """Mean and variance of the best Gaussian q for the model named `case`."""

    def log_joint(z: Array) -> Array:
        z = np.asarray(z)[:, None]
        middle, spread = (k, c) if case == "moved" else (0.0, 1.0 if case in ("affine", "weights", "noises") else c)
        prior = -((z[:, 0] - middle) ** 2) / (2 * spread)
        if case in ("affine", "moved", "scaled"):
            shift = b if case == "affine" else 0.0
            return np.asarray(prior - (y - u * z[:, 0] - shift) ** 2 / (2 * v))
        if case == "repeats":
            return np.asarray(prior - ((x - z) ** 2).sum(1) / (2 * v))
        if case == "weights":
            return np.asarray(prior - ((x - w * z) ** 2).sum(1) / (2 * v))
        return np.asarray(prior - ((x - z) ** 2 / (2 * r)).sum(1))

    return fitted(log_joint)


def best_mean(
    w: Array, u: float, b: float, x: Array, y: float, c: float, v: float, r: Array, k: float, case: str
) -> float:  # fmt: skip
    """The mean of the best Gaussian q."""
    return optimum(w, u, b, x, y, c, v, r, k, case)[0]


def best_variance(
    w: Array, u: float, b: float, x: Array, y: float, c: float, v: float, r: Array, k: float, case: str
) -> float:  # fmt: skip
    """The variance of the best Gaussian q."""
    return optimum(w, u, b, x, y, c, v, r, k, case)[1]


def drawn_fit(w0: float, b0: float, x0: float, v0: float, c0: float) -> tuple[float, float]:
    """Mean and variance of the best q for z ~ N(0, c0), x0 = w0 z + b0 + noise of variance v0."""
    w, b, x, v, c = (float(value) for value in (w0, b0, x0, v0, c0))
    return fitted(lambda z: np.asarray(-(z**2) / (2 * c) - (x - w * z - b) ** 2 / (2 * v)))


def drawn_mean(w0: float, b0: float, x0: float, v0: float, c0: float) -> float:
    """The mean of `drawn_fit`."""
    return drawn_fit(w0, b0, x0, v0, c0)[0]


def drawn_variance(w0: float, b0: float, x0: float, v0: float, c0: float) -> float:
    """The variance of `drawn_fit`."""
    return drawn_fit(w0, b0, x0, v0, c0)[1]


def lost(w0: float, b0: float, x0: float, v0: float, c0: float, wrong: str, h0: float) -> float:
    """By how much the bound falls where the variance (or the mean) of q is replaced; the rest stays at its best."""
    w, b, x, v, c = (float(value) for value in (w0, b0, x0, v0, c0))
    mean, variance = drawn_fit(w0, b0, x0, v0, c0)
    other = {"given": (mean, float(h0)), "mean": (mean + float(h0), variance)}[wrong]

    def of(m: float, spread: float) -> float:
        return mean_under(
            lambda z: -(z**2) / (2 * c) - (x - w * z - b) ** 2 / (2 * v) - log_normal(z, m, spread), m, spread
        )

    return of(mean, variance) - of(*other)
