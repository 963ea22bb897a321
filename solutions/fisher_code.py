"""Diagonals of Fisher matrices of softmax regression by PyTorch, one gradient for each example and class."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def fisher_diagonals(X: Array, W: Array, y: Array) -> tuple[Array, Array]:
    """Diagonals (K, D) of the Fisher matrix and of the empirical one, summed over the rows of X (N, D); y (N,)."""
    import torch

    weights = leaf(W)
    exact, observed = torch.zeros_like(weights), torch.zeros_like(weights)
    for x, label in zip(constant(X), y, strict=True):
        logs = torch.log_softmax(weights @ x, dim=0)
        for k in range(len(W)):
            (slope,) = torch.autograd.grad(logs[k], weights, retain_graph=True)
            exact = exact + logs[k].detach().exp() * slope.square()
            if k == int(label):
                observed = observed + slope.square()
    return array(exact), array(observed)


def diagonal_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `fisher_diagonals` with labels of all classes."""
    draw, calls = np.random.default_rng([seed, 5]), []
    for n, d, k in ((5, 3, 4), (4, 2, 3), (3, 4, 2), (1, 2, 3)):
        calls.append({"X": draw.normal(size=(n, d)), "W": draw.normal(size=(k, d)), "y": draw.integers(0, k, size=n)})
    return calls
