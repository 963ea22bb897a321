"""Wrong references for code on reusing networks, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_transfer as right
from solutions.arrays import Array

Two = tuple[Array, Array]


def tune_one_rate(X: Array, y: Array, W: Array, V: Array, slow: float, fast: float, T: int) -> Two:
    """The head's rate for both."""
    return right.fine_tune(X, y, W, V, fast, fast, T)


def tune_swapped(X: Array, y: Array, W: Array, V: Array, slow: float, fast: float, T: int) -> Two:
    """Rates swapped."""
    return right.fine_tune(X, y, W, V, fast, slow, T)


def tune_frozen(X: Array, y: Array, W: Array, V: Array, slow: float, fast: float, T: int) -> Two:
    """Never moves the base."""
    return right.fine_tune(X, y, W, V, 0.0, fast, T)


def tune_summed(X: Array, y: Array, W: Array, V: Array, slow: float, fast: float, T: int) -> Two:
    """Sum over the examples instead of the mean."""
    return right.fine_tune(X, y, W, V, slow * len(y), fast * len(y), T)


def tune_in_turn(X: Array, y: Array, W: Array, V: Array, slow: float, fast: float, T: int) -> Two:
    """Moves the head first and computes the base's gradient with the new head."""
    for _ in range(int(T)):
        _, after = right.fine_tune(X, y, W, V, 0.0, fast, 1)
        h = np.tanh(X @ W)
        e = (h @ V - y) / len(y)
        W = W - slow * X.T @ (np.outer(e, after) * (1 - h**2))
        V = after
    return W, V


def tune_no_slope(X: Array, y: Array, W: Array, V: Array, slow: float, fast: float, T: int) -> Two:
    """Leaves the derivative of tanh out."""
    for _ in range(int(T)):
        h = np.tanh(X @ W)
        e = (h @ V - y) / len(y)
        W, V = W - slow * X.T @ np.outer(e, V), V - fast * h.T @ e
    return W, V


def head_batch_statistics(
    X: Array, W: Array, mean: Array, variance: Array, y: Array, K: int, rate: float, T: int
) -> Two:  # fmt: skip
    """Normalises with the batch's own mean and variance."""
    h = X @ W
    return right.train_head(X, W, h.mean(0), h.var(0), y, K, rate, T)


def head_no_root(X: Array, W: Array, mean: Array, variance: Array, y: Array, K: int, rate: float, T: int) -> Two:
    """Divides by the variance."""
    return right.train_head(X, W, mean, variance**2, y, K, rate, T)


def head_no_norm(X: Array, W: Array, mean: Array, variance: Array, y: Array, K: int, rate: float, T: int) -> Two:
    """Leaves the normalisation out."""
    return right.train_head(X, W, 0 * mean, np.ones_like(variance), y, K, rate, T)


def head_summed(X: Array, W: Array, mean: Array, variance: Array, y: Array, K: int, rate: float, T: int) -> Two:
    """Sum over the examples instead of the mean."""
    return right.train_head(X, W, mean, variance, y, K, rate * len(y), T)


def head_one_step(X: Array, W: Array, mean: Array, variance: Array, y: Array, K: int, rate: float, T: int) -> Two:
    """A single step."""
    return right.train_head(X, W, mean, variance, y, K, rate, 1)
