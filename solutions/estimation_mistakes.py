"""Wrong references for code on fitting and judging models, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_estimation as right
from solutions.arrays import Array


def ridge_unpenalised(X: Array, y: Array, rho: float) -> Array:
    """Leaves the penalty out."""
    return np.asarray(np.linalg.pinv(X) @ y)


def ridge_by_rows(X: Array, y: Array, rho: float) -> Array:
    """Multiplies the penalty with the number of examples."""
    return right.ridge(X, y, rho * len(y))


def ridge_half(X: Array, y: Array, rho: float) -> Array:
    """Adds half of rho."""
    return right.ridge(X, y, rho / 2)


def ridge_everywhere(X: Array, y: Array, rho: float) -> Array:
    """Adds rho to every entry of the matrix."""
    return np.asarray(np.linalg.pinv(X.T @ X + rho) @ (X.T @ y))


def folds_on_training(X: Array, y: Array, rho: float, folds: int) -> Array:
    """Measures on the rows that were fitted."""
    errors = []
    for held in np.array_split(np.arange(len(y)), folds):
        rest = np.delete(np.arange(len(y)), held)
        w = right.ridge(X[rest], y[rest], rho)
        errors.append(np.mean((X[rest] @ w - y[rest]) ** 2))
    return np.array(errors)


def folds_leaking(X: Array, y: Array, rho: float, folds: int) -> Array:
    """Fits on all rows, the held-out ones too."""
    w = right.ridge(X, y, rho)
    return np.array([np.mean((X[held] @ w - y[held]) ** 2) for held in np.array_split(np.arange(len(y)), folds)])


def folds_summed(X: Array, y: Array, rho: float, folds: int) -> Array:
    """Sums the squared errors."""
    sizes = [len(held) for held in np.array_split(np.arange(len(y)), folds)]
    return right.fold_errors(X, y, rho, folds) * sizes


def folds_swapped(X: Array, y: Array, rho: float, folds: int) -> Array:
    """Fits on the fold and measures on the rest."""
    errors = []
    for held in np.array_split(np.arange(len(y)), folds):
        rest = np.delete(np.arange(len(y)), held)
        w = right.ridge(X[held], y[held], rho)
        errors.append(np.mean((X[rest] @ w - y[rest]) ** 2))
    return np.array(errors)


def minibatch_summed(w: Array, X: Array, y: Array, rate: float, batches: Array) -> Array:
    """Follows the sum over the batch."""
    return right.minibatch(w, X, y, rate * batches.shape[1], batches)


def minibatch_whole(w: Array, X: Array, y: Array, rate: float, batches: Array) -> Array:
    """Uses all rows at each step."""
    every: Array = np.tile(np.arange(len(y)), (len(batches), 1)).astype(np.int64)
    return right.minibatch(w, X, y, rate, every)


def minibatch_by_total(w: Array, X: Array, y: Array, rate: float, batches: Array) -> Array:
    """Divides by the number of all examples."""
    return right.minibatch(w, X, y, rate * batches.shape[1] / len(y), batches)


def minibatch_doubled(w: Array, X: Array, y: Array, rate: float, batches: Array) -> Array:
    """Keeps the 2 of the square."""
    return right.minibatch(w, X, y, 2 * rate, batches)


def minibatch_collecting(w: Array, X: Array, y: Array, rate: float, batches: Array) -> Array:
    """Never sets the gradient back: each step adds to the gradients before it."""
    total, path = np.zeros_like(w), []
    for batch in batches:
        total = total + X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        w = w - rate * total
        path.append(w)
    return np.stack(path)


def fit_collecting(X: Array, y: Array, W: Array, rate: float, steps: int) -> Array:
    """Forgets zero_grad."""
    return _fit(X, y, W, rate, steps, collecting=True)


def fit_twice_softmax(X: Array, y: Array, W: Array, rate: float, steps: int) -> Array:
    """Hands probabilities, not scores, to the cross-entropy."""
    return _fit(X, y, W, rate, steps, softmax=True)


def fit_summed(X: Array, y: Array, W: Array, rate: float, steps: int) -> Array:
    """Sums the loss over the examples."""
    return right.fit_by_hand(X, y, W, rate * len(y), steps)


def fit_without_momentum(X: Array, y: Array, W: Array, rate: float, steps: int) -> Array:
    """Plain gradient descent."""
    return _fit(X, y, W, rate, steps, momentum=0.0)


def _fit(
    X: Array, y: Array, W: Array, rate: float, steps: int, *, collecting: bool = False, softmax: bool = False,
    momentum: float = 0.9,
) -> Array:  # fmt: skip
    import torch

    rows, labels = torch.tensor(X), torch.tensor(y)
    weights, velocity = torch.tensor(W), torch.zeros(W.shape, dtype=torch.float64)
    total, path = torch.zeros_like(velocity), []
    for _ in range(steps):
        weights = weights.detach().requires_grad_()
        scores = rows @ weights.T
        loss = torch.nn.functional.cross_entropy(torch.softmax(scores, 1) if softmax else scores, labels)
        (gradient,) = torch.autograd.grad(loss, weights)
        total = total + gradient if collecting else gradient
        velocity = momentum * velocity + total
        weights = weights - rate * velocity
        path.append(weights.detach().numpy())
    return np.stack(path)
