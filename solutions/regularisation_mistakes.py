"""Wrong references for code on early stopping, the lasso and dropout, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_regularisation as right
from solutions.arrays import Array


def lasso_whole_threshold(X: Array, y: Array, w: Array, rate: float, rho: float, steps: int) -> Array:
    """Cuts by rho, without the learning rate."""
    return _lasso(X, y, w, rate, rho, steps)


def lasso_subgradient(X: Array, y: Array, w: Array, rate: float, rho: float, steps: int) -> Array:
    """Steps along the sign of the weights: nothing becomes zero."""
    path = []
    for _ in range(steps):
        w = w - rate * (X.T @ (X @ w - y) + rho * np.sign(w))
        path.append(w)
    return np.stack(path)


def lasso_hard(X: Array, y: Array, w: Array, rate: float, rho: float, steps: int) -> Array:
    """Keeps what is above the threshold as it is."""
    path = []
    for _ in range(steps):
        w = w - rate * X.T @ (X @ w - y)
        w = np.where(np.abs(w) > rate * rho, w, 0)
        path.append(w)
    return np.stack(path)


def lasso_shrunk_first(X: Array, y: Array, w: Array, rate: float, rho: float, steps: int) -> Array:
    """Cuts the old weights, then steps."""
    path = []
    for _ in range(steps):
        w = np.sign(w) * np.maximum(np.abs(w) - rate * rho, 0)
        w = w - rate * X.T @ (X @ w - y)
        path.append(w)
    return np.stack(path)


def lasso_squared_penalty(X: Array, y: Array, w: Array, rate: float, rho: float, steps: int) -> Array:
    """Shrinks by a factor, as the squared norm would."""
    path = []
    for _ in range(steps):
        w = (w - rate * X.T @ (X @ w - y)) / (1 + rate * rho)
        path.append(w)
    return np.stack(path)


def dropout_unscaled(X: Array, U: Array, G: Array, p: float) -> tuple[Array, Array]:
    """Does not divide by the probability of being kept."""
    kept = p <= U
    return X * kept, G * kept


def dropout_by_drop(X: Array, U: Array, G: Array, p: float) -> tuple[Array, Array]:
    """Divides by the probability of dropping."""
    kept = (p <= U) / p
    return X * kept, G * kept


def dropout_keeping(X: Array, U: Array, G: Array, p: float) -> tuple[Array, Array]:
    """Takes p as the probability of keeping."""
    kept = (p > U) / p
    return X * kept, G * kept


def dropout_open_gradient(X: Array, U: Array, G: Array, p: float) -> tuple[Array, Array]:
    """Lets the whole gradient through."""
    return right.dropout(X, U, G, p)[0], G


def dropout_masked_gradient(X: Array, U: Array, G: Array, p: float) -> tuple[Array, Array]:
    """Masks the gradient but forgets its factor."""
    return right.dropout(X, U, G, p)[0], G * (p <= U)


def stop_global(errors: Array, patience: int, least: float) -> tuple[int, int]:
    """Runs all epochs and picks the smallest error."""
    return int(np.argmin(errors)), len(errors) - 1


def stop_last(errors: Array, patience: int, least: float) -> tuple[int, int]:
    """Hands back the last epoch, not the best one."""
    _, last = right.early_stop(errors, patience, least)
    return last, last


def stop_never_reset(errors: Array, patience: int, least: float) -> tuple[int, int]:
    """Counts all epochs without improvement, also those before the last one that improved."""
    best, waited = 0, 0
    for epoch in range(1, len(errors)):
        if errors[epoch] < errors[best] - least:
            best = epoch
        else:
            waited += 1
            if waited >= patience:
                return best, epoch
    return best, len(errors) - 1


def stop_by_neighbour(errors: Array, patience: int, least: float) -> tuple[int, int]:
    """Compares with the epoch before, not with the best."""
    best, waited = 0, 0
    for epoch in range(1, len(errors)):
        if errors[epoch] < errors[epoch - 1] - least:
            best, waited = epoch, 0
        else:
            waited += 1
            if waited >= patience:
                return best, epoch
    return best, len(errors) - 1


def stop_late(errors: Array, patience: int, least: float) -> tuple[int, int]:
    """Waits one epoch more than it has patience for."""
    return right.early_stop(errors, patience + 1, least)


def stop_without_least(errors: Array, patience: int, least: float) -> tuple[int, int]:
    """Takes any decrease as an improvement."""
    return right.early_stop(errors, patience, 0.0)


def _lasso(X: Array, y: Array, w: Array, rate: float, cut: float, steps: int) -> Array:
    path = []
    for _ in range(steps):
        u = w - rate * X.T @ (X @ w - y)
        w = np.sign(u) * np.maximum(np.abs(u) - cut, 0)
        path.append(w)
    return np.stack(path)
