"""Fitting and judging models by PyTorch: what code questions on supervised learning are compared with, and inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def ridge(X: Array, y: Array, rho: float) -> Array:
    """The weights (D,) that minimise |X w - y|^2/2 + rho/2*|w|^2, by least squares with sqrt(rho) I below X."""
    import torch

    rows, width = constant(X), X.shape[1]
    below = float(rho) ** 0.5 * torch.eye(width, dtype=torch.float64)
    targets = torch.cat([constant(y), torch.zeros(width, dtype=torch.float64)])
    return array(torch.linalg.lstsq(torch.cat([rows, below]), targets[:, None]).solution[:, 0])


def fold_errors(X: Array, y: Array, rho: float, folds: int) -> Array:
    """Mean squared error on each fold (K,), ridge regression fitted on the others; folds in the order of rows."""
    import torch

    parts = torch.tensor_split(torch.arange(len(y)), int(folds))
    errors = []
    for held in parts:
        rest = np.setdiff1d(np.arange(len(y)), held.numpy())
        w = constant(ridge(X[rest], y[rest], rho))
        errors.append(((constant(X)[held] @ w - constant(y)[held]) ** 2).mean())
    return array(torch.stack(errors))


def minibatch_path(w: Array, X: Array, y: Array, rate: float, batches: Array) -> Array:
    """Weights (T, D) after each step of gradient descent on half the mean squared error of a batch.

    batches (T, B): rows of X that make up each batch.
    """
    import torch

    theta, rows = leaf(w), []
    optimiser = torch.optim.SGD([theta], lr=float(rate))
    for batch in np.asarray(batches, dtype=np.int64):
        optimiser.zero_grad()
        loss = ((constant(X[batch]) @ theta - constant(y[batch])) ** 2).mean() / 2
        (theta.grad,) = torch.autograd.grad(loss, theta)
        optimiser.step()
        rows.append(array(theta))
    return np.stack(rows)


def classifier_path(X: Array, y: Array, W: Array, rate: float, steps: int) -> Array:
    """Weights (T, C, D) of softmax regression after each full-batch step on the mean cross-entropy; classes from 0."""
    import torch

    weights, labels, rows = leaf(W), torch.tensor(np.asarray(y, dtype=np.int64)), []
    optimiser = torch.optim.SGD([weights], lr=float(rate), momentum=0.9)
    for _ in range(int(steps)):
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(constant(X) @ weights.T, labels)
        (weights.grad,) = torch.autograd.grad(loss, weights)
        optimiser.step()
        rows.append(array(weights))
    return np.stack(rows)


def fold_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `fold_errors`: numbers of rows that the folds divide, and one that they do not."""
    draw, calls = np.random.default_rng([seed, 1]), []
    for n, d, folds in ((6, 2, 3), (11, 3, 4), (8, 1, 2), (9, 2, 9)):
        X = draw.normal(size=(n, d)) + 1
        y = X @ draw.normal(size=d) + 0.5 * draw.normal(size=n)
        calls.append({"X": X, "y": y, "rho": float(draw.uniform(0.2, 2)), "folds": folds})
    return calls


def minibatch_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `minibatch_path`."""
    draw, calls = np.random.default_rng([seed, 2]), []
    for n, d, steps, size in ((8, 2, 5, 3), (12, 3, 7, 4), (5, 1, 4, 2)):
        arrays = {"w": draw.normal(size=d), "X": draw.normal(size=(n, d)), "y": draw.normal(size=n)}
        batches = np.stack([draw.permutation(n)[:size] for _ in range(steps)])
        calls.append({**arrays, "rate": float(draw.uniform(0.05, 0.3)), "batches": batches.astype(np.int64)})
    return calls


def classifier_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `classifier_path`."""
    draw, calls = np.random.default_rng([seed, 3]), []
    for n, d, c, steps in ((6, 2, 3, 4), (9, 3, 2, 6), (5, 1, 4, 3)):
        labels = draw.permutation(np.arange(n) % c).astype(np.int64)
        arrays = {"X": draw.normal(size=(n, d)), "y": labels, "W": draw.normal(size=(c, d))}
        calls.append({**arrays, "rate": float(draw.uniform(0.1, 0.6)), "steps": steps})
    return calls
