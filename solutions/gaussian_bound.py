"""Bounds of linear latent Gaussian models as means over exact points, and gaps as a KL to the exact posterior."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array
from solutions.gaussian_divergence import divergence


def closed(
    y: float, u: float, b: float, m: float, k: float, v: float, x: Array, w: Array, W: Array, mu: Array, r: Array,
    a: Array, t: Array, c: Array, model: str,
) -> float:  # fmt: skip
    """The bound of the model that `model` names."""
    x, w, W, mu, r, a, t, c = (np.asarray(value, dtype=float) for value in (x, w, W, mu, r, a, t, c))
    one = np.array([float(m)])
    settings: dict[str, Callable[[], tuple[Array, ...]]] = {
        "single": lambda: (np.array([y - b]), np.array([[u]]), one, np.array([k]), np.array([v])),
        "views": lambda: (x, w[:, None], one, np.array([k]), np.full(len(x), v)),
        "factors": lambda: (x, W, mu, r, np.full(len(x), v)),
        "spread": lambda: (x, W, mu, np.full(len(mu), k), np.full(len(x), v)),
        "identity": lambda: (x, np.eye(len(x)), a, t, c),
    }
    return sampled(*settings[model]())


def sampled(x: Array, W: Array, mean: Array, variance: Array, noise: Array) -> float:
    """The mean of log p(x | z) + log p(z) - log q(z) over 2·D points with mean and covariance of q.

    x (N,), W (N, D), mean and variance (D,) of q, noise (N,): variances of x given z.
    """
    size = len(mean)
    shifts = np.diag(np.sqrt(size * variance))
    z = np.concatenate([mean + shifts, mean - shifts])
    logs = _log_normal(x, z @ W.T, noise) + _log_normal(z, np.zeros(size), np.ones(size))
    return float(np.mean(logs - _log_normal(z, mean, variance)))


def _log_normal(value: Array, mean: Array, variance: Array) -> Array:
    """The log-density (P,) of independent normal entries, summed over the last axis."""
    return np.asarray((-((value - mean) ** 2) / (2 * variance) - np.log(2 * np.pi * variance) / 2).sum(-1))


def number(x0: float, b0: float, w0: float, v0: float, m0: float, k0: float) -> float:
    """The bound for one drawn number x0 = w0 z + b0 + noise of variance v0 and q = N(m0, k0)."""
    x, b, w, v, m, k = (float(value) for value in (x0, b0, w0, v0, m0, k0))
    return sampled(np.array([x - b]), np.array([[w]]), np.array([m]), np.array([k]), np.array([v]))


def gap(x0: float, b0: float, w0: float, v0: float, m0: float, k0: float) -> float:
    """KL from q = N(m0, k0) to the posterior of z, which comes from the joint covariance of z and x."""
    x, b, w, v, m, k = (float(value) for value in (x0, b0, w0, v0, m0, k0))
    joint = np.array([[1.0, w], [w, w * w + v]])
    gain = joint[0, 1] / joint[1, 1]
    posterior = np.array([gain * (x - b)]), np.array([[joint[0, 0] - gain * joint[1, 0]]])
    return divergence(np.array([m]), np.array([[k]]), *posterior)
