"""Model answers to code questions on variational inference, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def kl_to_prior(mu: Array, logvar: Array, weight: float) -> tuple[Array, Array, Array]:
    """kl (N,), dmu (N, D), dlogvar (N, D)."""
    variance = np.exp(logvar)
    kl = 0.5 * (variance + mu**2 - 1 - logvar).sum(axis=1)
    scale = weight / len(mu)
    return kl, scale * mu, scale * 0.5 * (variance - 1)


def mean_field(P: Array, q1: Array, q2: Array, sweeps: int) -> tuple[Array, Array, Array]:
    """Factors q1 (K,) and q2 (J,), and the bound (T,) after each sweep."""
    logs, bounds = np.log(P), []
    for _ in range(sweeps):
        q1 = np.exp(logs @ q2)
        q1 = q1 / q1.sum()
        q2 = np.exp(q1 @ logs)
        q2 = q2 / q2.sum()
        bounds.append(q1 @ logs @ q2 - q1 @ np.log(q1) - q2 @ np.log(q2))
    return q1, q2, np.array(bounds)


def poisson_fit(x: Array, m: float, s: float, rate: float, steps: int) -> tuple[Array, Array]:
    """The path (T, 2) of (m, s), and the bound (T,) at each."""
    path, bounds, n, total = [], [], len(x), x.sum()
    for _ in range(steps):
        expected, variance = np.exp(m + np.exp(2 * s) / 2), np.exp(2 * s)
        dm = total - n * expected - m
        ds = -n * expected * variance - variance + 1
        m, s = m + rate * dm, s + rate * ds
        fit = total * m - n * np.exp(m + np.exp(2 * s) / 2)
        path.append([m, s])
        bounds.append(fit - 0.5 * (np.exp(2 * s) + m**2 - 1 - 2 * s))
    return np.array(path), np.array(bounds)


def vae_bound(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> tuple[Array, Array, Array]:
    """Samples Z (N, D), bounds F (N,), gradient dV (D, P) of the mean bound."""
    mean, logvar = X @ A, X @ B
    Z = mean + np.exp(logvar / 2) * E
    logits = Z @ V + c
    fit = (X * logits - np.logaddexp(0, logits)).sum(axis=1)
    kl = 0.5 * (np.exp(logvar) + mean**2 - 1 - logvar).sum(axis=1)
    chance = np.exp(-np.logaddexp(0, -logits))
    return Z, fit - kl, Z.T @ (X - chance) / len(X)


def gaussian_factors(S: Array, m: Array, start: Array, sweeps: int) -> tuple[Array, Array, float]:
    """Means (T, D) after each sweep, variances (D,), and the gap."""
    K, mean, path = np.linalg.inv(S), start.copy(), []
    for _ in range(sweeps):
        for i in range(len(m)):
            others = K[i] @ (mean - m) - K[i, i] * (mean[i] - m[i])
            mean[i] = m[i] - others / K[i, i]
        path.append(mean.copy())
    variances = 1 / np.diag(K)
    off = mean - m
    log_ratio = np.log(variances).sum() - np.linalg.slogdet(S)[1]
    gap = 0.5 * ((np.diag(K) * variances).sum() + off @ K @ off - len(m) - log_ratio)
    return np.array(path), variances, float(gap)
