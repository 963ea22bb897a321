"""Model answers to code questions on layers and losses, as a student would hand them in: NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def log_softmax(z: Array) -> Array:
    """log softmax(z), (N, C)."""
    z = z - z.max(axis=1, keepdims=True)
    return np.asarray(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))


def cross_entropy(z: Array, t: Array) -> tuple[Array, Array]:
    """The loss and its gradient (N, C)."""
    logs = log_softmax(z)
    return np.asarray(-(t * logs).sum() / len(z)), np.asarray((np.exp(logs) - t) / len(z))


def dense_backward(X: Array, W: Array, G: Array) -> tuple[Array, Array, Array]:
    """dL/dX, dL/dW, dL/db."""
    return G @ W, G.T @ X, G.sum(axis=0)


def swish(x: Array) -> Array:
    """x*sigmoid(x)."""
    return np.asarray(x / (1 + np.exp(-x)))


def swish_backward(x: Array, g: Array) -> Array:
    """dL/dx."""
    s = 1 / (1 + np.exp(-x))
    return np.asarray(g * (s + x * s * (1 - s)))
