"""Model answers to code on glimpses, as a student would hand them in: NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def policy_gradient(a: Array, k: Array, loss: Array) -> Array:
    """The ascent direction (N,) from M sampled glimpses, each with the mean reward of the others as its baseline."""
    p = np.exp(a - a.max())
    p = p / p.sum()
    M = len(k)
    reward = -loss
    baseline = (reward.sum() - reward) / (M - 1)
    scores = np.eye(len(a))[np.asarray(k, dtype=int)] - p
    direction: Array = (reward - baseline) @ scores / M
    return direction


def sample_glimpses(a: Array, r: Array) -> tuple[Array, Array]:
    """rows and columns of the sampled places as pairs (M, 2); log-probabilities (M,)."""
    H, W = a.shape
    z = a.ravel() - a.max()
    logs = z - np.log(np.exp(z).sum())
    cumulative = np.cumsum(np.exp(logs))
    k = np.minimum(np.searchsorted(cumulative, r, side="right"), H * W - 1)
    return np.stack([k // W, k % W], axis=1).astype(float), logs[k]


def gaussian_glimpse(X: Array, mu: Array, sigma: float, delta: float, n: int, G: Array) -> tuple[Array, Array, float]:
    """The glimpse (n, n), and the gradients of L by mu (2,) and by sigma where G (n, n) arrives at the glimpse."""
    steps = (np.arange(n) - (n - 1) / 2) * delta
    filters: list[Array] = []
    by_mu: list[Array] = []
    by_sigma: list[Array] = []
    for size, centre in zip(X.shape, mu, strict=True):
        d = np.arange(size) - (centre + steps)[:, None]
        z = -(d**2) / (2 * sigma**2)
        e = np.exp(z - z.max(axis=1, keepdims=True))
        F = e / e.sum(axis=1, keepdims=True)
        filters.append(F)
        for store, slope in ((by_mu, d / sigma**2), (by_sigma, d**2 / sigma**3)):
            store.append(F * (slope - (F * slope).sum(axis=1, keepdims=True)))
    rows, columns = filters
    dmu = np.array([np.sum(G * (by_mu[0] @ X @ columns.T)), np.sum(G * (rows @ X @ by_mu[1].T))])
    dsigma = np.sum(G * (by_sigma[0] @ X @ columns.T)) + np.sum(G * (rows @ X @ by_sigma[1].T))
    return rows @ X @ columns.T, dmu, float(dsigma)


def input_jacobian(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """The probabilities (K,) and their Jacobian (K, D) by x."""
    h = np.tanh(W1 @ x + b1)
    z = W2 @ h + b2
    e = np.exp(z - z.max())
    y = e / e.sum()
    J = (np.diag(y) - np.outer(y, y)) @ W2 @ ((1 - h**2)[:, None] * W1)
    return y, J


def sequential_jacobian(W: Array, U: Array, B: Array, x: Array, t: int, k: int) -> tuple[Array, Array]:
    """J (T, D) and its share (T,) for output k at step t, counted from 0."""
    h = np.zeros(len(W))
    states = []
    for row in x:
        h = np.tanh(W @ h + U @ row)
        states.append(h)
    J = np.zeros_like(x)
    back = B[int(k)].copy()
    for s in range(int(t), -1, -1):
        delta = back * (1 - states[s] ** 2)
        J[s] = U.T @ delta
        back = W.T @ delta
    size = np.sqrt((J**2).sum(axis=1))
    return J, size / size.sum()


def estimator_moments(a: Array, loss: Array, b: float) -> tuple[Array, Array]:
    """Mean (N,) and variance (N,) of one sample's estimate."""
    e = np.exp(a - a.max())
    p = e / e.sum()
    estimates = (-loss - b)[:, None] * (np.eye(len(a)) - p)
    mean = p @ estimates
    return mean, p @ estimates**2 - mean**2
