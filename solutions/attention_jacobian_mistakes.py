"""Wrong references for code on Jacobians by the input, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.worked_glimpses import input_jacobian, sequential_jacobian


def jacobian_ones(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """One pass with the outputs as the seed, repeated in every row."""
    y, J = input_jacobian(x, W1, b1, W2, b2)
    return y, np.tile(y @ J, (len(y), 1))


def jacobian_diagonal(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """Takes the diagonal of the softmax's Jacobian alone."""
    y, _ = input_jacobian(x, W1, b1, W2, b2)
    slope = 1 - np.tanh(W1 @ x + b1) ** 2
    return y, (y * (1 - y))[:, None] * (W2 @ (slope[:, None] * W1))


def jacobian_no_slope(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """Forgets the slope of tanh."""
    y, _ = input_jacobian(x, W1, b1, W2, b2)
    return y, (np.diag(y) - np.outer(y, y)) @ W2 @ W1


def jacobian_of_scores(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """Gives the Jacobian of the scores before the softmax."""
    y, _ = input_jacobian(x, W1, b1, W2, b2)
    slope = 1 - np.tanh(W1 @ x + b1) ** 2
    return y, W2 @ (slope[:, None] * W1)


def sequential_not_through_time(W: Array, U: Array, B: Array, x: Array, t: int, k: int) -> tuple[Array, Array]:
    """Looks at each step by itself."""
    h, J = np.zeros(len(W)), np.zeros_like(x)
    for s, row in enumerate(x[: int(t) + 1]):
        h = np.tanh(W @ h + U @ row)
        J[s] = U.T @ (B[int(k)] * (1 - h**2))
    return _shared(J)


def sequential_to_last(W: Array, U: Array, B: Array, x: Array, t: int, k: int) -> tuple[Array, Array]:
    """Differentiates the output of the last step."""
    return sequential_jacobian(W, U, B, x, len(x) - 1, k)


def sequential_no_slope(W: Array, U: Array, B: Array, x: Array, t: int, k: int) -> tuple[Array, Array]:
    """Forgets the slopes of tanh."""
    J, back = np.zeros_like(x), B[int(k)].copy()
    for s in range(int(t), -1, -1):
        J[s], back = U.T @ back, W.T @ back
    return _shared(J)


def sequential_squares(W: Array, U: Array, B: Array, x: Array, t: int, k: int) -> tuple[Array, Array]:
    """Shares of the squared norms."""
    J, _ = sequential_jacobian(W, U, B, x, t, k)
    squares = (J**2).sum(axis=1)
    return J, squares / squares.sum()


def _shared(J: Array) -> tuple[Array, Array]:
    size = np.sqrt((J**2).sum(axis=1))
    return J, size / size.sum()
