"""Model answers to code questions on Monte Carlo gradients, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sampled_gradients(mu: Array, rho: Array, eps: Array, A: Array, b: Array) -> tuple[Array, Array, Array, Array]:
    """Pathwise gradients by mu and rho, then score-function gradients by mu and rho, each (D,)."""
    scale = np.exp(rho)
    z = mu + scale * eps
    slope = z @ A + b
    f = 0.5 * np.sum((z @ A) * z, axis=1) + z @ b
    K = len(eps)
    weight = (f - f.mean()) * K / (K - 1)
    score_mu = weight @ (eps / scale) / K
    score_rho = weight @ (eps**2 - 1) / K
    return slope.mean(axis=0), (slope * scale * eps).mean(axis=0), score_mu, score_rho


def doubly_stochastic(
    x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array
) -> tuple[np.float64, Array]:
    """Gradient by theta, and by mu (N,)."""
    factor = len(x) / len(batch)
    z = mu[batch][:, None] + sigma[batch][:, None] * eps
    left = x[batch][:, None] - theta * z
    by_mu = np.zeros(len(x))
    by_mu[batch] = factor * (theta * left.mean(axis=1) - mu[batch])
    return factor * np.sum(np.mean(left * z, axis=1)), by_mu
