"""Wrong references for code on Fisher matrices, each one slip away from the right one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solutions.arrays import Array

Labels = NDArray[np.int64]


def summed_first(X: Array, W: Array, y: Labels) -> tuple[Array, Array]:
    """Squares the summed gradient in the empirical diagonal."""
    p, errors = _parts(X, W, y)
    return (p * (1 - p)).T @ X**2, (errors.T @ X) ** 2


def data_labels(X: Array, W: Array, y: Labels) -> tuple[Array, Array]:
    """Takes the labels of the data for both."""
    _, errors = _parts(X, W, y)
    return (errors**2).T @ X**2, (errors**2).T @ X**2


def likeliest_class(X: Array, W: Array, y: Labels) -> tuple[Array, Array]:
    """Takes the most likely class in place of the expectation."""
    p, errors = _parts(X, W, y)
    return _parts(X, W, p.argmax(1))[1].T ** 2 @ X**2, (errors**2).T @ X**2


def squared_mean(X: Array, W: Array, y: Labels) -> tuple[Array, Array]:
    """Squares the expected gradient, which is 0."""
    _, errors = _parts(X, W, y)
    return 0 * W, (errors**2).T @ X**2


def averaged(X: Array, W: Array, y: Labels) -> tuple[Array, Array]:
    """Means over the examples."""
    p, errors = _parts(X, W, y)
    return (p * (1 - p)).T @ X**2 / len(X), (errors**2).T @ X**2 / len(X)


def no_square_of_inputs(X: Array, W: Array, y: Labels) -> tuple[Array, Array]:
    """Leaves the inputs unsquared."""
    p, errors = _parts(X, W, y)
    return (p * (1 - p)).T @ X, (errors**2).T @ X


def _parts(X: Array, W: Array, y: Labels) -> tuple[Array, Array]:
    """Probabilities and errors, both (N, K)."""
    z = X @ W.T
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    errors = p.copy()
    errors[np.arange(len(y)), y.astype(np.int64)] -= 1
    return p, errors
