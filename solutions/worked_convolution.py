"""Model answers to code questions on convolutional networks, as a student would hand them in.

NumPy loops and formulas, no autograd: a second road to what the PyTorch references return.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def conv2d(x: Array, w: Array, b: Array, s: int, p: int, r: int) -> Array:
    """The cross-correlation (N, F, R, Q)."""
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    reach = r * (w.shape[2] - 1) + 1
    rows, columns = (x.shape[2] - reach) // s + 1, (x.shape[3] - reach) // s + 1
    out = np.zeros((len(x), len(w), rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = x[:, :, i * s : i * s + reach : r, j * s : j * s + reach : r]  # (N, C, K, K)
            out[:, :, i, j] = np.einsum("nckl,fckl->nf", window, w) + b
    return out


def conv2d_backward(x: Array, w: Array, g: Array, s: int, p: int, r: int) -> tuple[Array, Array, Array]:
    """dL/dx, dL/dw, dL/db."""
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
    reach = r * (w.shape[2] - 1) + 1
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            place = np.s_[:, :, i * s : i * s + reach : r, j * s : j * s + reach : r]
            dw += np.einsum("nf,nckl->fckl", g[:, :, i, j], padded[place])
            dpadded[place] += np.einsum("nf,fckl->nckl", g[:, :, i, j], w)
    dx = dpadded[:, :, p : p + x.shape[2], p : p + x.shape[3]]
    return dx, dw, g.sum(axis=(0, 2, 3))


def batch_norm(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """The normalised batch (N, D)."""
    out: Array = gamma * (X - X.mean(0)) / np.sqrt(X.var(0) + epsilon) + beta
    return out


def batch_norm_backward(X: Array, gamma: Array, epsilon: float, G: Array) -> tuple[Array, Array, Array]:
    """dL/dX, dL/dgamma, dL/dbeta."""
    root = np.sqrt(X.var(0) + epsilon)
    normalised = (X - X.mean(0)) / root
    dX = gamma / root * (G - G.mean(0) - normalised * (G * normalised).mean(0))
    return dX, (G * normalised).sum(0), G.sum(0)


class BatchNorm:
    """Called with a batch (N, D) and 1 for training or 0; returns the output (N, D)."""

    def __init__(self, gamma: Array, beta: Array, alpha: float) -> None:
        self.gamma, self.beta, self.alpha = gamma, beta, alpha
        self.mean, self.variance = np.zeros(len(gamma)), np.ones(len(gamma))

    def __call__(self, X: Array, training: int) -> Array:
        mean, variance = self.mean, self.variance
        if training:
            mean, variance = X.mean(0), X.var(0)
            self.mean = (1 - self.alpha) * self.mean + self.alpha * mean
            self.variance = (1 - self.alpha) * self.variance + self.alpha * X.var(0, ddof=1)
        out: Array = self.gamma * (X - mean) / np.sqrt(variance + 1e-5) + self.beta
        return out


def batch_norm_steps(gamma: Array, beta: Array, alpha: float, X: Array, training: Array) -> Array:
    """Outputs (T, N, D) of `BatchNorm` for the batches in turn."""
    layer = BatchNorm(gamma, beta, alpha)
    return np.stack([layer(batch, mode) for batch, mode in zip(X, training, strict=True)])


def residual_block_backward(x: Array, V: Array, W: Array, g: Array) -> tuple[Array, Array, Array]:
    """dL/dx, dL/dV, dL/dW."""
    z = V @ x
    dz = (W.T @ g) * (z > 0)
    return g + V.T @ dz, np.outer(dz, x), np.outer(g, np.maximum(z, 0))


def average_pool_backward(g: Array, k: int) -> Array:
    """dL/dx (k*R, k*Q)."""
    dx: Array = np.repeat(np.repeat(g, k, axis=0), k, axis=1) / k**2
    return dx


def transposed_conv(g: Array, w: Array, s: int) -> Array:
    """The spread sum (s*(L - 1) + K,)."""
    out = np.zeros(s * (len(g) - 1) + len(w))
    for i, value in enumerate(g):
        out[i * s : i * s + len(w)] += value * w
    return out
