"""Wrong references for code on normalisation, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_normalisation as right
from solutions.arrays import Array

Two = tuple[Array, Array]


def fold_no_root(W: Array, b: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float) -> Two:
    """Divides by the variance."""
    return right.fold(W, b, gamma, beta, mean, (variance + epsilon) ** 2, 0.0)


def fold_old_bias(W: Array, b: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float) -> Two:
    """Keeps the convolution's bias as it is and adds the shift."""
    kernels, _ = right.fold(W, b, gamma, beta, mean, variance, epsilon)
    return kernels, b + beta


def fold_no_mean(W: Array, b: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float) -> Two:
    """Leaves the running mean out."""
    return right.fold(W, b, gamma, beta, 0 * mean, variance, epsilon)


def fold_one_scale(W: Array, b: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float) -> Two:
    """Scales all kernels alike, with the first one's scale."""
    _, biases = right.fold(W, b, gamma, beta, mean, variance, epsilon)
    return np.asarray(W * gamma[0] / np.sqrt(variance[0] + epsilon)), biases


def fold_epsilon(W: Array, b: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float) -> Two:
    """Adds epsilon to the standard deviation."""
    return right.fold(W, b, gamma, beta, mean, (np.sqrt(variance) + epsilon) ** 2, 0.0)
