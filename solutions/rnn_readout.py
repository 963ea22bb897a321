"""Gradients at a recurrent network's output layer over a whole sequence, by torch from the scores of all steps."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf


def layer_gradient(
    S: Array, B: Array, M: Array, c: Array, Y: Array, m: Array, a: float, tau: float,
    loss: str, heat: str, matrix: str, name: str,
) -> Array:  # fmt: skip
    """dL/d(name): the matrix B (V, H) or M (H, V), the bias c (V,) or the states S (T, H).

    Y (T, V): one-hot rows. loss: 'sum', 'mean', 'weighted' by m (T,), or 'smooth' with targets softened by a.
    """
    import torch

    leaves = {"S": leaf(S), "B": leaf(B), "M": leaf(M), "c": leaf(c)}
    weights = leaves["B"] if matrix == "B" else leaves["M"].T
    scores = torch.nn.functional.linear(leaves["S"], weights, leaves["c"]) / (tau if heat == "tau" else 1.0)
    losses = torch.nn.functional.cross_entropy(
        scores, constant(Y), reduction="none", label_smoothing=a if loss == "smooth" else 0.0
    )
    if loss == "weighted":
        losses = constant(m) * losses
    return gradient(losses.mean() if loss == "mean" else losses.sum(), leaves[name])


def matrix_entry(
    A: Array, R: Array, y: Array, n: Array, r: float, theta: float, loss: str, heat: str, i: int, k: int
) -> float:
    """dL/dB[i, k] for scores R B^T + c whose probabilities are the rows of A (2, 2).

    R (2, 2): states, a row for each step. y (2,): right classes. loss: 'sum', 'mean', 'weighted' by n (2,), or
    'smooth' with targets softened by r. heat: 'tau' where the scores are divided by theta in the softmax.
    """
    import torch

    B, states = leaf(np.zeros((2, 2))), constant(R)
    warm = float(theta) if heat == "tau" else 1.0
    scores = warm * constant(A).log() + states @ B.T
    smoothing = float(r) if loss == "smooth" else 0.0
    losses = torch.nn.functional.cross_entropy(
        scores / warm, torch.tensor([int(label) for label in y]), reduction="none", label_smoothing=smoothing
    )
    if loss == "weighted":
        losses = constant(n) * losses
    total = losses.mean() if loss == "mean" else losses.sum()
    return float(gradient(total, B)[int(i), int(k)])
