"""Model answers in NumPy to code questions on word vectors, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def embedding_gradient(ids: Array, G: Array, V: int, pad: int) -> Array:
    """dL/dE (V, D) of a lookup; the row of the padding stays 0."""
    dE = np.zeros((int(V), G.shape[-1]))
    for row, upstream in zip(ids, G, strict=True):
        for word, g in zip(row, upstream, strict=True):
            if word != pad:
                dE[int(word)] += g
    return dE


def sampling_step(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> tuple[Array, Array]:
    """W and U (V, D) after one step of skip-gram with negative sampling."""
    W, U = W.copy(), U.copy()
    w = W[int(centre)].copy()
    dw = np.zeros_like(w)
    dU = np.zeros_like(U)
    for c, label in [(int(context), 1.0), *((int(k), 0.0) for k in negatives)]:
        error = 1 / (1 + np.exp(-(U[c] @ w))) - label
        dw += error * U[c]
        dU[c] += error * w
    W[int(centre)] -= eta * dw
    return W, U - eta * dU
