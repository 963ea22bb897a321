"""Wrong references for code on initialisation, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_initialisation as right
from solutions.arrays import Array


def xavier_channels(U: Array) -> Array:
    """Counts channels, not the kernel's pixels."""
    return np.asarray(right.xavier(U) * U.shape[2])


def xavier_forward(U: Array) -> Array:
    """Uses the fan-in in the place of the mean of both."""
    fan = U[0].size
    return np.asarray(np.sqrt(3 / fan) * (2 * U - 1))


def xavier_deviation(U: Array) -> Array:
    """Takes the standard deviation for the bound."""
    return np.asarray(right.xavier(U) / np.sqrt(3))


def xavier_positive(U: Array) -> Array:
    """Draws from 0 to the bound."""
    return (right.xavier(U) + right.xavier(np.ones_like(U))) / 2


def signal_relu_scale(x: Array, Z: Array, a: float) -> Array:
    """Leaves the slope out of the variance."""
    return right.signal_sizes(x, Z * np.sqrt(1 + a**2), a)


def signal_linear_scale(x: Array, Z: Array, a: float) -> Array:
    """Has the variance 1/D."""
    return right.signal_sizes(x, Z * np.sqrt((1 + a**2) / 2), a)


def signal_variance_scale(x: Array, Z: Array, a: float) -> Array:
    """Multiplies with the variance."""
    return right.signal_sizes(x, Z * np.sqrt(2 / ((1 + a**2) * x.shape[1])), a)


def signal_transposed(x: Array, Z: Array, a: float) -> Array:
    """Takes columns of the matrices for rows."""
    return right.signal_sizes(x, Z.transpose(0, 2, 1), a)


def signal_before_relu(x: Array, Z: Array, a: float) -> Array:
    """Measures before the leaky ReLU."""
    scale, sizes = np.sqrt(2 / ((1 + a**2) * x.shape[1])), []
    for z in Z:
        h = x @ (scale * z).T
        sizes.append(np.mean(h**2))
        x = np.where(h > 0, h, a * h)
    return np.array(sizes)


def signal_centred(x: Array, Z: Array, a: float) -> Array:
    """Measures the variance."""
    scale, sizes = np.sqrt(2 / ((1 + a**2) * x.shape[1])), []
    for z in Z:
        h = x @ (scale * z).T
        x = np.where(h > 0, h, a * h)
        sizes.append(np.var(x))
    return np.array(sizes)
