"""Autoregressive Gaussians: moments from the matrix that makes the variables out of independent noise."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.gaussian_divergence import divergence


def covariance(u: float, v: float, w: float, a: float, b: float, c: float) -> Array:
    """The covariance (3, 3) of z = B z + noise with the noise variances u, v, w and B below the diagonal."""
    back = np.array([[0, 0, 0], [a, 0, 0], [b, c, 0]], dtype=float)
    made = np.linalg.inv(np.eye(3) - back)
    return np.asarray(made @ np.diag([u, v, w]) @ made.T)


def formula(u: float, v: float, w: float, a: float, b: float, c: float, y: float, asked: str) -> float:
    """The covariance, variance, conditional mean or KL that `asked` names."""
    S = covariance(u, v, w, a, b, c)
    if asked == "kl":
        return divergence(np.zeros(2), S[:2, :2], np.zeros(2), np.eye(2))
    if asked == "back":
        return float(S[0, 1] * np.linalg.inv(S[1:2, 1:2])[0, 0] * y)
    row, column = {"cov12": (0, 1), "var2": (1, 1), "cov13": (0, 2), "cov23": (1, 2), "var3": (2, 2)}[asked]
    return float(S[row, column])


def slope(S0: Array) -> float:
    """The slope of the mean of z2 in z1, from the precision of the covariance S0 (2, 2)."""
    K = np.linalg.inv(np.asarray(S0, dtype=float))
    return float(-K[1, 0] / K[1, 1])


def spread(S0: Array) -> float:
    """The variance of z2 given z1: 1 over its entry in the precision."""
    return float(1 / np.linalg.inv(np.asarray(S0, dtype=float))[1, 1])


def start(S0: Array, m1: float, m2: float) -> float:
    """The mean of z2 at z1 = 0: where the log-density of (0, z2) is highest."""
    K = np.linalg.inv(np.asarray(S0, dtype=float))
    return float(np.linalg.solve(K[1:, 1:], K[1:, :] @ np.array([float(m1), float(m2)]))[0])
