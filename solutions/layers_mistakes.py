"""Wrong references for code on layers, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def softmax_backward_diagonal(z: Array, g: Array) -> Array:
    """Only the diagonal of the Jacobian."""
    y = _softmax(z)
    return np.asarray(g * y * (1 - y))


def softmax_backward_no_factor(z: Array, g: Array) -> Array:
    """The factor y in front of the sum is lost."""
    s = g * _softmax(z)
    return np.asarray(s - s.sum(axis=-1, keepdims=True))


def softmax_backward_over_batch(z: Array, g: Array) -> Array:
    """Normalises over the examples."""
    return _softmax_backward(z.T, g.T).T


def softmax_backward_sum_over_all(z: Array, g: Array) -> Array:
    """Mixes the examples: one sum over the whole batch."""
    y = _softmax(z)
    return np.asarray(y * (g - np.sum(g * y)))


def softmax_backward_no_softmax(z: Array, g: Array) -> Array:
    """Takes the logits for the output."""
    return np.asarray(z * (g - np.sum(g * z, axis=-1, keepdims=True)))


def softmax_backward_negated(z: Array, g: Array) -> Array:
    """Both terms with the wrong sign."""
    return -_softmax_backward(z, g)


def _softmax_backward(z: Array, g: Array) -> Array:
    """The right gradient, from which slips are built."""
    y = _softmax(z)
    return np.asarray(y * (g - np.sum(g * y, axis=-1, keepdims=True)))


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def entropy_summed(z: Array, t: Array) -> tuple[Array, Array]:
    """Sums over the batch."""
    loss, dz = _cross_entropy(z, t)
    return loss * len(z), dz * len(z)


def entropy_all_averaged(z: Array, t: Array) -> tuple[Array, Array]:
    """Averages over examples and classes."""
    loss, dz = _cross_entropy(z, t)
    return loss / z.shape[1], dz / z.shape[1]


def entropy_turned(z: Array, t: Array) -> tuple[Array, Array]:
    """Gradient of the wrong sign."""
    loss, dz = _cross_entropy(z, t)
    return loss, -dz


def entropy_gradient_not_averaged(z: Array, t: Array) -> tuple[Array, Array]:
    """Averages the loss, not its gradient."""
    loss, dz = _cross_entropy(z, t)
    return loss, dz * len(z)


def dense_not_transposed(X: Array, W: Array, G: Array) -> tuple[Array, Array, Array]:
    """dL/dW in the shape of its transpose."""
    return np.asarray(G @ W), np.asarray(X.T @ G), np.asarray(G.sum(axis=0))


def dense_mean(X: Array, W: Array, G: Array) -> tuple[Array, Array, Array]:
    """Averages over the batch."""
    return np.asarray(G @ W), np.asarray(G.T @ X / len(X)), np.asarray(G.mean(axis=0))


def dense_bias_over_features(X: Array, W: Array, G: Array) -> tuple[Array, Array, Array]:
    """Hands the bias the batch's gradient as it is."""
    return np.asarray(G @ W), np.asarray(G.T @ X), np.asarray(G[-1])


def swish_half(x: Array, g: Array) -> Array:
    """Only the slope of the first factor."""
    return np.asarray(g / (1 + np.exp(-x)))


def swish_other_half(x: Array, g: Array) -> Array:
    """Only the slope of the second factor."""
    s = 1 / (1 + np.exp(-x))
    return np.asarray(g * x * s * (1 - s))


def swish_no_upstream(x: Array, g: Array) -> Array:
    """Leaves g out."""
    s = 1 / (1 + np.exp(-x))
    return np.asarray(s + x * s * (1 - s))


def log_softmax_columns(z: Array) -> Array:
    """Normalises over the examples."""
    return _log_softmax(z.T).T


def log_softmax_whole(z: Array) -> Array:
    """One sum over everything."""
    return np.asarray(z - z.max() - np.log(np.exp(z - z.max()).sum()))


def log_softmax_plain(z: Array) -> Array:
    """The softmax itself."""
    return np.exp(_log_softmax(z))


def _log_softmax(z: Array) -> Array:
    moved = z - z.max(axis=-1, keepdims=True)
    return np.asarray(moved - np.log(np.exp(moved).sum(axis=-1, keepdims=True)))


def _cross_entropy(z: Array, t: Array) -> tuple[Array, Array]:
    logs = _log_softmax(z)
    return np.asarray(-(t * logs).sum() / len(z)), np.asarray((np.exp(logs) - t) / len(z))
