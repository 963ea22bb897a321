"""Wrong references for code on supervised learning, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def training_by_sum(X: Array, y: Array, w: Array, rate: float, steps: int) -> tuple[Array, Array]:
    """Steps along the gradient of the sum, not of the mean."""
    return _descend(X, y, w, rate * len(y), steps)


def training_uphill(X: Array, y: Array, w: Array, rate: float, steps: int) -> tuple[Array, Array]:
    """Steps along the gradient, not against it."""
    return _descend(X, y, w, -rate, steps)


def training_loss_after(X: Array, y: Array, w: Array, rate: float, steps: int) -> tuple[Array, Array]:
    """Records each loss after its step."""
    final, losses = _descend(X, y, w, rate, steps + 1)
    before_last, _ = _descend(X, y, w, rate, steps)
    del final
    return before_last, losses[1:]


def gradient_linear(X: Array, y: Array, w: Array) -> Array:
    """Leaves the sigmoid out."""
    return np.asarray(X.T @ (X @ w - y))


def gradient_negated(X: Array, y: Array, w: Array) -> Array:
    """Target minus prediction."""
    return np.asarray(X.T @ (y - _sigmoid(X @ w)))


def gradient_mean(X: Array, y: Array, w: Array) -> Array:
    """The mean's gradient where the sum's is asked for."""
    return np.asarray(X.T @ (_sigmoid(X @ w) - y) / len(y))


def gradient_squared_habit(X: Array, y: Array, w: Array) -> Array:
    """An extra slope of the sigmoid, as squared loss would have it."""
    p = _sigmoid(X @ w)
    return np.asarray(X.T @ ((p - y) * p * (1 - p)))


def _sigmoid(z: Array) -> Array:
    return np.asarray(0.5 * (1 + np.tanh(z / 2)))


def _descend(X: Array, y: Array, w: Array, rate: float, steps: int) -> tuple[Array, Array]:
    losses = []
    for _ in range(steps):
        z = X @ w
        losses.append(float(np.mean(np.logaddexp(0, z) - y * z)))
        w = w - rate * X.T @ (_sigmoid(z) - y) / len(y)
    return w, np.array(losses)
