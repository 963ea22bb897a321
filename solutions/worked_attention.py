"""Model answers to code on attention, as a student would hand them in: NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def attend(X: Array, q: Array, u: Array) -> tuple[Array, Array, Array]:
    """v (D,), dX (N, D), dq (D,)."""
    scale = np.sqrt(X.shape[1])
    a = X @ q / scale
    e = np.exp(a - a.max())
    p = e / e.sum()
    v = p @ X
    dp = X @ u
    da = p * (dp - p @ dp)
    dX = np.outer(p, u) + np.outer(da, q) / scale
    dq = da @ X / scale
    return v, dX, dq


def contexts(Q: Array, H: Array, length: Array) -> tuple[Array, Array]:
    """A (B, T, S) and C (B, T, D)."""
    scores = np.einsum("btd,bsd->bts", Q, H) / np.sqrt(H.shape[2])
    inside = np.arange(H.shape[1])[None, None, :] < length[:, None, None]
    scores = np.where(inside, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=2, keepdims=True))
    A = e / e.sum(axis=2, keepdims=True)
    return A, A @ H


def additive_attention(
    H: Array, d: Array, W: Array, U: Array, v: Array, g: Array
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """c (D,), dH (S, D), dd (E,), dW (A, E), dU (A, D), dv (A,)."""
    t = np.tanh(H @ U.T + W @ d)
    e = t @ v
    w = np.exp(e - e.max())
    alpha = w / w.sum()
    c = alpha @ H
    dalpha = H @ g
    de = alpha * (dalpha - alpha @ dalpha)
    dv = de @ t
    dz = np.outer(de, v) * (1 - t**2)
    dH = np.outer(alpha, g) + dz @ U
    dU = dz.T @ H
    dW = np.outer(dz.sum(axis=0), d)
    return c, dH, W.T @ dz.sum(axis=0), dW, dU, dv
