"""Doubly stochastic estimates: minibatches and latent noise, both enumerated.

N, M, K  numbers of data points, points in a minibatch, latent samples for each      A  variance of g over the data
V  mean latent variance      total: 'sum' or 'mean'      how: 'with' or 'without' replacement
"""

from __future__ import annotations

import itertools

import numpy as np

from solutions.arrays import Array


def estimate(n: int, y: Array, w: Array, total: str) -> float:
    """The estimate from a minibatch of two points with latent samples y and w: averaged over which sample is kept."""
    singles = [float(a) + float(b) for a in np.ravel(y) for b in np.ravel(w)]
    return float(np.mean(singles)) / 2 * (int(n) if total == "sum" else 1)


def variance(N: int, M: int, K: int, A: float, V: float, total: str, how: str) -> float:
    """The variance of the estimator, for data at equal distances and latent noise of two values."""
    n, m, k = int(N), int(M), int(K)
    places = np.arange(n) - (n - 1) / 2
    data = places * np.sqrt(float(A) / np.mean(places**2))
    if how == "with":
        batches = np.array(list(itertools.product(data, repeat=m)))
    else:
        batches = np.array(list(itertools.combinations(data, m)))
    signs = np.array(list(itertools.product((-1.0, 1.0), repeat=k))).mean(axis=1)  # averaged noise of one point
    noise = np.sqrt(float(V)) * np.array(list(itertools.product(signs, repeat=m))).mean(axis=1)
    means = batches.mean(axis=1)
    second = np.mean(means**2) + 2 * np.mean(means) * np.mean(noise) + np.mean(noise**2)
    spread = float(second - (np.mean(means) + np.mean(noise)) ** 2)
    return spread * (n**2 if total == "sum" else 1)


def variance_drawn(N0: int, M0: int, K0: int, A0: float, V0: float, total: str, how: str) -> float:
    """The variance for large numbers, by adding covariances of all pairs of places in the minibatch."""
    n, m, k = int(N0), int(M0), int(K0)
    shared = 0.0 if how == "with" else -float(A0) / (n - 1)  # covariance of two places
    covariance = np.full((m, m), shared) + np.eye(m) * (float(A0) - shared + float(V0) / k)
    return float(covariance.sum()) / m**2 * (n**2 if total == "sum" else 1)


def samples_for_share(A0: float, V0: float, share: float) -> float:
    """The K for which V/K is 1/share of A + V/K, by bisection."""
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        latent = float(V0) / middle
        low, high = (middle, high) if latent * float(share) > float(A0) + latent else (low, middle)
    return (low + high) / 2
