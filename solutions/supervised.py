"""Supervised learning: losses of linear models, their gradients and their training.

X  (N, D)  inputs, one example a row      w  (D,)  weights
y  (N,)    targets: real, or labels 0/1   rho      weight of a penalty
"""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def linear_gradient(X: Array, y: Array, w: Array, reduction: str) -> Array:
    """dL/dw (D,) of least squares. reduction: 'half' (sum over examples, halved), 'sum' or 'mean'."""
    import torch

    weights = leaf(w)
    kind = "mean" if reduction == "mean" else "sum"
    loss = torch.nn.functional.mse_loss(constant(X) @ weights, constant(y), reduction=kind)
    return gradient(loss / 2 if reduction == "half" else loss, weights)


def logistic_gradient(X: Array, y: Array, w: Array) -> Array:
    """dL/dw (D,) of the summed binary cross-entropy, labels 0/1."""
    weights = leaf(w)
    return gradient(_cross_entropy(constant(X) @ weights, constant(y), "sum"), weights)


def penalised_step(w: Array, g: Array, eta: float, rho: float, halved: float) -> Array:
    """w (D,) after one step on L + rho*|w|^2 (over two where `halved` is 2), with dL/dw = g.

    The penalty is PyTorch's weight decay, which means wd*|w|^2/2: so wd = 2*rho/halved.
    """
    import torch

    weights = leaf(w)
    weights.grad = constant(g)
    decay = 2 * float(rho) / float(halved)
    torch.optim.SGD([weights], lr=float(eta), weight_decay=decay).step()
    return array(weights)


def minibatch_estimate(examples: int, batch: int, total: float) -> float:
    """The unbiased estimate of a sum over all examples from a minibatch whose terms add to `total`.

    The factor is found by enumeration: how much larger a sum is than the sum over a minibatch on average.
    """
    terms = [float(i * i + 1) for i in range(int(examples))]
    sums = [sum(chosen) for chosen in itertools.combinations(terms, int(batch))]
    return float(total) * sum(terms) / (sum(sums) / len(sums))


def logistic_training(X: Array, y: Array, w: Array, rate: float, steps: int) -> tuple[Array, Array]:
    """Weights (D,) after `steps` gradient steps on the mean cross-entropy; losses (steps,) before each."""
    import torch

    inputs, labels, weights = constant(X), constant(y), leaf(w)
    optimiser = torch.optim.SGD([weights], lr=rate)
    losses = []
    for _ in range(steps):
        loss = _cross_entropy(inputs @ weights, labels, "mean")
        losses.append(loss.item())
        weights.grad = constant(gradient(loss, weights))
        optimiser.step()
    return array(weights), np.array(losses)


def logistic_inputs(seed: int) -> list[dict[str, Any]]:
    """Six training problems: two noisy classes, start weights, a rate and a number of steps."""
    source = random.Random(f"logistic training:{seed}")
    return [_training_problem(source, examples, features) for examples, features in _SIZES]


_SIZES = ((5, 2), (8, 3), (12, 2), (20, 4), (30, 3), (40, 5))


def _training_problem(source: random.Random, examples: int, features: int) -> dict[str, Any]:
    true = [source.gauss(0, 1) for _ in range(features)]
    rows = [[source.gauss(0, 1) for _ in range(features)] for _ in range(examples)]
    scores = [sum(a * b for a, b in zip(row, true, strict=True)) + source.gauss(0, 0.5) for row in rows]
    return {
        "X": np.array(rows),
        "y": np.array([float(score > 0) for score in scores]),
        "w": np.array([source.gauss(0, 0.5) for _ in range(features)]),
        "rate": source.choice([0.1, 0.3, 0.5]),
        "steps": source.randint(8, 30),
    }


def _cross_entropy(logits: Tensor, labels: Tensor, reduction: str) -> Tensor:
    import torch

    return torch.nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction=reduction)
