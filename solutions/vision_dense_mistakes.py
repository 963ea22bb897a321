"""Wrong references for code that turns a dense layer into a convolution."""

from __future__ import annotations

import numpy as np

from solutions import worked_vision as right
from solutions.arrays import Array


def scores_channels_last(A: Array, b: Array, x: Array, N: int) -> Array:
    """Reads the columns of A with the channels running fastest."""
    A = A.reshape(len(A), N, N, len(x)).transpose(0, 3, 1, 2).reshape(len(A), -1)
    return right.dense_scores(A, b, x, N)


def scores_transposed(A: Array, b: Array, x: Array, N: int) -> Array:
    """Swaps rows and columns within the kernels."""
    A = A.reshape(len(A), len(x), N, N).transpose(0, 1, 3, 2).reshape(len(A), -1)
    return right.dense_scores(A, b, x, N)


def scores_flipped(A: Array, b: Array, x: Array, N: int) -> Array:
    """Turns the kernels by 180 degrees."""
    A = A.reshape(len(A), len(x), N, N)[:, :, ::-1, ::-1].reshape(len(A), -1)
    return right.dense_scores(A, b, x, N)


def scores_no_bias(A: Array, b: Array, x: Array, N: int) -> Array:
    """Leaves the biases out."""
    return right.dense_scores(A, 0 * b, x, N)


def scores_bias_everywhere(A: Array, b: Array, x: Array, N: int) -> Array:
    """Adds the biases once for every weight position of the window."""
    return right.dense_scores(A, np.asarray(b * N**2), x, N)
