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
