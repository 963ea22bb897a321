"""Wrong references for code on stochastic training, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_stochastic as right
from solutions.arrays import Array


def constant_rate(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """Never lowers the rate."""
    return right.train_scheduled(w, X, y, batches, alpha, np.inf)


def one_late(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """Counts the steps from 1."""
    return right.train_scheduled(w, X, y, batches, alpha * tau / (tau + 1), tau + 1)


def summed(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """The gradient of the summed loss of the batch."""
    return right.train_scheduled(w, X, y, batches, alpha * batches.shape[1], tau)


def uphill(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """Steps along the gradient."""
    return right.train_scheduled(w, X, y, batches, -alpha, tau)


def mean_of_all(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """Averages over all steps."""
    path, _ = right.train_scheduled(w, X, y, batches, alpha, tau)
    return path, np.asarray(path.mean(axis=0))


def last_weights(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """Returns the last weights in place of a mean."""
    path, _ = right.train_scheduled(w, X, y, batches, alpha, tau)
    return path, path[-1]


def whole_set(w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float) -> tuple[Array, Array]:
    """Uses all examples in every step."""
    return right.train_scheduled(w, X, y, np.tile(np.arange(len(y)), (len(batches), 1)), alpha, tau)
