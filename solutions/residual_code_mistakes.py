"""Wrong references for code on residual blocks, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_residual as right
from solutions.arrays import Array


def branch_alone(x: Array, V: Array, W: Array, P: Array, s: int) -> Array:
    """Leaves the shortcut out."""
    return right.residual_block(x, V, W, 0 * P, s)


def relu_before_sum(x: Array, V: Array, W: Array, P: Array, s: int) -> Array:
    """Applies the last ReLU to the branch, then adds the shortcut."""
    return branch_alone(x, V, W, P, s) + _shortcut(x, P, s)


def no_last_relu(x: Array, V: Array, W: Array, P: Array, s: int) -> Array:
    """Ends with the sum."""
    return _shortcut(x, P, s) + right.convolve(np.maximum(right.convolve(x, V, s), 0), W, 1)


def linear_branch(x: Array, V: Array, W: Array, P: Array, s: int) -> Array:
    """Has no ReLU inside the branch."""
    return np.maximum(_shortcut(x, P, s) + right.convolve(right.convolve(x, V, s), W, 1), 0)


def other_pixels(x: Array, V: Array, W: Array, P: Array, s: int) -> Array:
    """Takes the last pixels of each step for the shortcut, where there are enough of them."""
    shifted = np.roll(x, (-1, -1), axis=(2, 3))
    return np.maximum(_shortcut(shifted, P, s) + right.convolve(np.maximum(right.convolve(x, V, s), 0), W, 1), 0)


def _shortcut(x: Array, P: Array, s: int) -> Array:
    return np.asarray(np.einsum("fc,ncrt->nfrt", P, x[:, :, ::s, ::s]))
