"""Stochastic training of logistic regression by torch: what a code question on it is compared with."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf


def scheduled_path(
    w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float
) -> tuple[Array, Array]:  # fmt: skip
    """The weights after each step (T, D), and their mean over the last half of the steps (D,).

    X (N, D), labels y (N,) 0 or 1, batches (T, B) of row numbers, T even; step k, from 0, has the rate
    alpha/(1 + k/tau). Gradients by autograd.
    """
    import torch

    inputs, labels, path = constant(X), constant(y), []
    weights = np.asarray(w, dtype=np.float64)
    for k, rows in enumerate(np.asarray(batches, dtype=np.int64)):
        at = leaf(weights)
        scores = inputs[rows] @ at
        loss = (torch.logaddexp(torch.zeros_like(scores), scores) - labels[rows] * scores).mean()
        weights = weights - float(alpha) * float(tau) / (float(tau) + k) * gradient(loss, at)
        path.append(weights)
    found = np.stack(path)
    return found, np.asarray(found[len(found) // 2 :].mean(axis=0))


def scheduled_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `scheduled_path`."""
    draw, calls = np.random.default_rng([seed, 6]), []
    for n, d, t, b in ((8, 3, 6, 2), (5, 2, 8, 3), (12, 4, 4, 5), (6, 1, 10, 1)):
        X = draw.normal(size=(n, d))
        calls.append(
            {
                "w": draw.normal(size=d),
                "X": X,
                "y": (draw.uniform(size=n) < 1 / (1 + np.exp(-X.sum(1)))).astype(np.float64),
                "batches": draw.integers(0, n, size=(t, b)),
                "alpha": float(draw.uniform(0.3, 0.9)),
                "tau": float(draw.uniform(1.5, 6)),
            }
        )
    return calls
