"""Model answers to code on recurrent networks, as a student would hand them in: NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def rnn_gradients(
    W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """dL/dW, dL/dU, dL/db, dL/dB, dL/dc."""
    h = [h0]
    for row in x:
        h.append(np.tanh(W @ h[-1] + U @ row + b))
    dW, dU, db, dB, dc = (np.zeros_like(p) for p in (W, U, b, B, c))
    carried = np.zeros_like(h0)
    for t in range(len(x), 0, -1):
        z = B @ h[t] + c
        p = np.exp(z - z.max())
        dz = p / p.sum() - Y[t - 1]
        dB += np.outer(dz, h[t])
        dc += dz
        delta = (1 - h[t] ** 2) * (B.T @ dz + carried)
        dW += np.outer(delta, h[t - 1])
        dU += np.outer(delta, x[t - 1])
        db += delta
        carried = W.T @ delta
    return dW, dU, db, dB, dc


def state_jacobians(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array) -> tuple[Array, Array]:
    """J (T, H, H) and shares (T,)."""
    h = [h0]
    for row in x:
        h.append(np.tanh(W @ h[-1] + U @ row + b))
    T, H = len(x), len(h0)
    J, shares = np.zeros((T, H, H)), np.zeros(T)
    product = np.eye(H)
    for k in range(T - 1, -1, -1):
        slope = 1 - h[k + 1] ** 2
        shares[k] = np.linalg.norm(slope * (product.T @ g)) * np.linalg.norm(h[k])
        product = product @ (slope[:, None] * W)
        J[k] = product
    return J, shares


def truncated_bptt(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array, tau: int) -> tuple[Array, Array]:
    """dL/dW, dL/db of the truncated gradient."""
    h = [h0]
    for row in x:
        h.append(np.tanh(W @ h[-1] + U @ row + b))
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for t in range(1, len(x) + 1):
        back = g[t - 1]
        for k in range(t, max(0, t - tau), -1):
            delta = (1 - h[k] ** 2) * back
            dW += np.outer(delta, h[k - 1])
            db += delta
            back = W.T @ delta
    return dW, db
