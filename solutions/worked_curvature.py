"""Model answers to code questions on curvature, as a student would hand them in: NumPy, nothing formed in full."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def lbfgs_product(g: Array, S: Array, Y: Array, gamma: float) -> Array:
    """H g by the two loops."""
    q, alphas = g.copy(), []
    for s, y in zip(S[::-1], Y[::-1], strict=True):
        alpha = (s @ q) / (y @ s)
        q = q - alpha * y
        alphas.append(alpha)
    r = gamma * q
    for s, y, alpha in zip(S, Y, alphas[::-1], strict=True):
        beta = (y @ r) / (y @ s)
        r = r + (alpha - beta) * s
    return np.asarray(r)


def gauss_newton_product(X: Array, W: Array, a: Array, V: Array, u: Array) -> tuple[Array, Array]:
    """G times the direction, as (H, D) and (H,)."""
    h = np.tanh(X @ W.T)
    slope = (1 - h**2) * a
    moved = h @ u + (slope * (X @ V.T)).sum(1)
    return (slope * moved[:, None]).T @ X, h.T @ moved


def low_rank_solve(d: Array, U: Array, v: Array) -> Array:
    """x (N,)."""
    scaled = U / d[:, None]
    core = np.eye(U.shape[1]) + U.T @ scaled
    return np.asarray(v / d - scaled @ np.linalg.solve(core, scaled.T @ v))
