"""Model answer to a code question on stochastic training, as a student would hand it in: NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def train_scheduled(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """The path (T, D) and the mean over its last half (D,)."""
    path = []
    for k, rows in enumerate(batches.astype(int)):
        p = 1 / (1 + np.exp(-X[rows] @ w))
        w = w - alpha / (1 + k / tau) * X[rows].T @ (p - y[rows]) / len(rows)
        path.append(w)
    steps = np.stack(path)
    return steps, np.asarray(steps[len(steps) // 2 :].mean(axis=0))
