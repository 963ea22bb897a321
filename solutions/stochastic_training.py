"""Stochastic training of logistic regression by torch: what a code question on it is compared with."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def scheduled_path(
    w: Array, X: Array, y: Array, batches: Array, alpha: float, tau: float
) -> tuple[Array, Array]:  # fmt: skip
    """The weights after each step (T, D), and their mean over the last half of the steps (D,).

    X (N, D), labels y (N,) 0 or 1, batches (T, B) of row numbers, T even; step k, from 0, has the rate
    alpha/(1 + k/tau), by a scheduler of torch.
    """
    import torch

    weights = leaf(w)
    optimiser = torch.optim.SGD([weights], lr=float(alpha))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: 1 / (1 + k / float(tau)))
    inputs, labels, path = constant(X), constant(y), []
    for rows in np.asarray(batches, dtype=np.int64):
        optimiser.zero_grad()
        scores = inputs[rows] @ weights
        loss: Any = torch.nn.functional.binary_cross_entropy_with_logits(scores, labels[rows])
        loss.backward()
        optimiser.step()
        schedule.step()
        path.append(array(weights).copy())
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
