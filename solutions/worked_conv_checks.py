"""Model answers to the code questions of `conv_checks`, as a student would hand them in: NumPy and plain Python."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def same_padding(n: int, k: int, s: int, r: int) -> tuple[int, int]:
    """Zeros on the left and on the right."""
    outputs = -(-n // s)
    total = max((outputs - 1) * s + r * (k - 1) + 1 - n, 0)
    return total // 2, total - total // 2


def layer_sizes(n: int, k: Array, s: Array, p: Array, r: Array) -> Array:
    """Lengths (L,) after each layer."""
    sizes = np.zeros(len(k))
    for i in range(len(k)):
        n = (n + 2 * p[i] - r[i] * (k[i] - 1) - 1) // s[i] + 1
        sizes[i] = n
    return sizes


def receptive_fields(k: Array, s: Array, r: Array) -> tuple[Array, Array]:
    """Fields (L,) and distances (L,)."""
    distances = np.cumprod(s).astype(float)
    before = np.concatenate([[1.0], distances[:-1]])
    return 1 + np.cumsum(r * (k - 1) * before), distances


def dilate_kernel(w: Array, r: int) -> Array:
    """The kernel with zeros in its gaps."""
    large = np.zeros((r * (w.shape[0] - 1) + 1, r * (w.shape[1] - 1) + 1), dtype=w.dtype)
    large[::r, ::r] = w
    return large


def windows_as_columns(x: Array, k: int, s: int, p: int) -> Array:
    """One column (C*k*k,) for each window."""
    x = np.pad(x, ((0, 0), (p, p), (p, p)))
    rows, columns = (x.shape[1] - k) // s + 1, (x.shape[2] - k) // s + 1
    windows = [x[:, i * s : i * s + k, j * s : j * s + k].ravel() for i in range(rows) for j in range(columns)]
    return np.stack(windows, axis=1)


def convolution_matrix(w: Array, n: int, s: int, p: int) -> Array:
    """The matrix (M, n)."""
    outputs = (n + 2 * p - len(w)) // s + 1
    A = np.zeros((outputs, n))
    for i in range(outputs):
        for t, weight in enumerate(w):
            j = i * s + t - p
            if 0 <= j < n:
                A[i, j] = weight
    return A


def pooled_head(x: Array, W: Array, b: Array, y: Array) -> tuple[float, Array, Array, Array]:
    """The loss, dL/dx, dL/dW, dL/db."""
    n, _, h, v = x.shape
    features = x.mean(axis=(2, 3))  # (N, C)
    scores = features @ W.T + b
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(n), y].mean()
    dscores = np.exp(log_p)
    dscores[np.arange(n), y] -= 1
    dscores /= n
    dfeatures = dscores @ W
    dx = np.broadcast_to(dfeatures[:, :, None, None] / (h * v), x.shape).copy()
    return float(loss), dx, dscores.T @ features, dscores.sum(axis=0)


def shift_gap(x: Array, w: Array, s: int, d: int) -> tuple[Array, float]:
    """The output (M,) and the gap."""

    def layer(signal: Array) -> Array:
        n = len(signal)
        return np.array([sum(w[t] * signal[(i + t) % n] for t in range(len(w))) for i in range(0, n, s)])

    y, moved = layer(x), layer(np.roll(x, d))
    return y, float(min(np.abs(np.roll(y, shift) - moved).max() for shift in range(len(y))))
