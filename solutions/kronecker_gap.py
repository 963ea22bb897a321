"""Exact entries of a layer's empirical Fisher matrix, and those of K-FAC, from whole matrices.

a, b (N,): two inputs in N examples; d, e (N,): derivatives of an example's loss by two outputs z and y. Weights are
ordered (z, a), (z, b), (y, a), (y, b); `weights` says which pair with (z, a).
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array

COLUMN = {"same": 0, "inputs": 1, "outputs": 2, "both": 3}


def exact(a0: Array, b0: Array, d0: Array, e0: Array, weights: str, reduction: str) -> float:
    """The entry of the mean, or sum, of outer products of the examples' gradients."""
    return _entries(a0, b0, d0, e0, weights, reduction)[0]


def factored(a0: Array, b0: Array, d0: Array, e0: Array, weights: str, reduction: str) -> float:
    """The same entry of the Kronecker product of the two second moments."""
    return _entries(a0, b0, d0, e0, weights, reduction)[1]


def gap(a: Array, b: Array, d: Array, e: Array, weights: str, reduction: str) -> float:
    """Exact entry minus that of K-FAC."""
    first, second = _entries(a, b, d, e, weights, reduction)
    return first - second


def _entries(a: Array, b: Array, d: Array, e: Array, weights: str, reduction: str) -> tuple[float, float]:
    inputs = np.stack([a, b], axis=1).astype(np.float64)
    slopes = np.stack([d, e], axis=1).astype(np.float64)
    count = len(inputs)
    gradients = np.einsum("no,ni->noi", slopes, inputs).reshape(count, 4)
    fisher = gradients.T @ gradients / count
    kron = np.kron(slopes.T @ slopes / count, inputs.T @ inputs / count)
    scale = count if reduction == "sum" else 1
    return float(scale * fisher[0, COLUMN[weights]]), float(scale * kron[0, COLUMN[weights]])
