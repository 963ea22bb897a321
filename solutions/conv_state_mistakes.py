"""Wrong references for code on batch normalisation's running statistics, residual blocks and pooling."""

from __future__ import annotations

import numpy as np

from solutions import worked_convolution as right
from solutions.arrays import Array

Three = tuple[Array, Array, Array]


def running_swapped(gamma: Array, beta: Array, alpha: float, X: Array, training: Array) -> Array:
    """Exchanges alpha and 1 - alpha."""
    return right.batch_norm_steps(gamma, beta, 1 - alpha, X, training)


def running_biased(gamma: Array, beta: Array, alpha: float, X: Array, training: Array) -> Array:
    """Keeps the biased variance."""
    return _steps(gamma, beta, alpha, X, training, ddof=0)


def running_never(gamma: Array, beta: Array, alpha: float, X: Array, training: Array) -> Array:
    """Takes the batch's own statistics in both modes."""
    return right.batch_norm_steps(gamma, beta, alpha, X, np.ones_like(training))


def running_always(gamma: Array, beta: Array, alpha: float, X: Array, training: Array) -> Array:
    """Takes the running statistics in both modes."""
    return _steps(gamma, beta, alpha, X, training, own=False)


def running_at_test(gamma: Array, beta: Array, alpha: float, X: Array, training: Array) -> Array:
    """Goes on updating at test time."""
    return _steps(gamma, beta, alpha, X, training, frozen=False)


def _steps(
    gamma: Array, beta: Array, alpha: float, X: Array, training: Array, *, ddof: int = 1, own: bool = True,
    frozen: bool = True,
) -> Array:  # fmt: skip
    mean, variance, rows = np.zeros(len(gamma)), np.ones(len(gamma)), []
    for batch, mode in zip(X, training, strict=True):
        used = (batch.mean(0), batch.var(0)) if mode and own else (mean, variance)
        if mode or not frozen:
            mean = (1 - alpha) * mean + alpha * batch.mean(0)
            variance = (1 - alpha) * variance + alpha * batch.var(0, ddof=ddof)
        rows.append(gamma * (batch - used[0]) / np.sqrt(used[1] + 1e-5) + beta)
    return np.stack(rows)


def residual_no_shortcut(x: Array, V: Array, W: Array, g: Array) -> Three:
    """Forgets the shortcut."""
    dx, dV, dW = right.residual_block_backward(x, V, W, g)
    return np.asarray(dx - g), dV, dW


def residual_no_slope(x: Array, V: Array, W: Array, g: Array) -> Three:
    """Passes the ReLU as if it were not there."""
    dz = W.T @ g
    return np.asarray(g + V.T @ dz), np.outer(dz, x), np.outer(g, np.maximum(V @ x, 0))


def residual_before_activation(x: Array, V: Array, W: Array, g: Array) -> Three:
    """Pairs W's gradient with the value before the ReLU."""
    dx, dV, _ = right.residual_block_backward(x, V, W, g)
    return dx, dV, np.outer(g, V @ x)


def residual_shortcut_in_weights(x: Array, V: Array, W: Array, g: Array) -> Three:
    """Scales the branch's gradient by the shortcut's as well."""
    dx, dV, dW = right.residual_block_backward(x, V, W, g)
    return np.asarray(dx + g), dV, dW


def pool_not_divided(g: Array, k: int) -> Array:
    """Gives every pixel the whole gradient."""
    return np.asarray(right.average_pool_backward(g, k) * k**2)


def pool_divided_once(g: Array, k: int) -> Array:
    """Divides by k, not by k^2."""
    return np.asarray(right.average_pool_backward(g, k) * k)


def pool_tiled(g: Array, k: int) -> Array:
    """Repeats the whole image instead of each entry."""
    return np.asarray(np.tile(g, (k, k)) / k**2)


def transposed_flipped(g: Array, w: Array, s: int) -> Array:
    """Flips the kernel."""
    return right.transposed_conv(g, w[::-1], s)


def transposed_overwritten(g: Array, w: Array, s: int) -> Array:
    """Where copies overlap, the last one wins."""
    out = np.zeros(s * (len(g) - 1) + len(w))
    for i, value in enumerate(g):
        out[i * s : i * s + len(w)] = value * w
    return out


def transposed_no_stride(g: Array, w: Array, s: int) -> Array:
    """Places the copies side by side at distance 1, and fills up with zeros."""
    close = right.transposed_conv(g, w, 1)
    return np.pad(close, (0, s * (len(g) - 1) + len(w) - len(close)))
