"""Model answers to code questions on EM and on E steps by gradient, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def em_step(x: Array, w: Array, mu: Array, var: Array) -> tuple[Array, Array, Array, np.float64]:
    """New weights, means, variances (K,), and the log evidence at the old ones."""
    logs = np.log(w) - 0.5 * np.log(2 * np.pi * var) - (x[:, None] - mu) ** 2 / (2 * var)
    top = logs.max(axis=1, keepdims=True)
    joint = np.exp(logs - top)
    total = joint.sum(axis=1, keepdims=True)
    evidence = np.sum(np.log(total) + top)
    r = joint / total
    count = r.sum(axis=0)
    mean = r.T @ x / count
    variance = (r * (x[:, None] - mean) ** 2).sum(axis=0) / count
    return count / len(x), mean, variance, evidence


def online_em(x: Array, w: Array, mu: Array, rates: Array) -> tuple[Array, Array]:
    """Weights and means (T, K) after each batch."""
    counts, sums = w, w * mu
    weights, means = [], []
    for batch, rate in zip(x, rates, strict=True):
        logs = np.log(w) - (batch[:, None] - mu) ** 2 / 2
        r = np.exp(logs - logs.max(axis=1, keepdims=True))
        r = r / r.sum(axis=1, keepdims=True)
        counts = (1 - rate) * counts + rate * r.mean(axis=0)
        sums = (1 - rate) * sums + rate * (r.T @ batch) / len(batch)
        w, mu = counts, sums / counts
        weights.append(w)
        means.append(mu)
    return np.stack(weights), np.stack(means)


def gradient_e_step(scores: Array, prior: Array, phi: Array, eta: float, steps: int) -> tuple[Array, Array]:
    """Logits (T, N, K) and bound (T,) after each step."""
    path, bounds = [], []

    def gains(phi: Array) -> tuple[Array, Array]:
        shifted = phi - phi.max(axis=1, keepdims=True)
        logq = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return np.exp(logq), scores + np.log(prior) - logq

    for _ in range(steps):
        q, gain = gains(phi)
        phi = phi + eta * q * (gain - (q * gain).sum(axis=1, keepdims=True))
        q, gain = gains(phi)
        path.append(phi)
        bounds.append((q * gain).sum())
    return np.stack(path), np.array(bounds)
