"""The score-function estimator over a few glimpses, by enumeration and torch's derivatives of log-probabilities.

u (N,) weights of the glimpses (their probabilities are u/sum(u)), y (N,) what is written beside them, loss or reward.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def exact_gradient(u: Array, y: Array, policy: str, given: str) -> float:
    """The derivative of the expected reward by the parameter theta, at the drawn probabilities."""
    import torch

    theta = leaf(0.0)
    expected = torch.exp(_log_probabilities(theta, u, policy)) @ constant(_rewards(y, given))
    return float(torch.autograd.grad(expected, theta)[0])


def variance_without(u: Array, y: Array, policy: str, given: str) -> float:
    """The variance of the estimate from one glimpse, without a baseline."""
    return _variance(u, y, policy, given, 0.0)


def variance_with_mean(u: Array, y: Array, policy: str, given: str) -> float:
    """The variance with the expected reward as the baseline."""
    p = np.asarray(u, dtype=float) / np.sum(u)
    return _variance(u, y, policy, given, float(p @ _rewards(y, given)))


def best_baseline(u: Array, y: Array, policy: str, given: str) -> float:
    """The baseline of least variance: the vertex of the parabola through the variances at -1, 0 and 1."""
    low, middle, high = (_variance(u, y, policy, given, b) for b in (-1.0, 0.0, 1.0))
    return (low - high) / (2 * (low - 2 * middle + high))


def sampled_gradient(a: Array, k: Array, loss: Array) -> Array:
    """The ascent direction (N,) for the scores a (N,) from M sampled glimpses k (M,) with losses (M,).

    Reward -loss; each sample's baseline is the mean reward of the others.
    """
    import torch

    scores, total = leaf(a), constant(0.0)
    rewards = [-float(value) for value in loss]
    for m, index in enumerate(k):
        others = [r for n, r in enumerate(rewards) if n != m]
        advantage = rewards[m] - sum(others) / len(others)
        total = total + advantage * torch.log_softmax(scores, 0)[int(index)]
    return array(torch.autograd.grad(total / len(rewards), scores)[0])


def moments(a: Array, loss: Array, b: float) -> tuple[Array, Array]:
    """Mean (N,) and variance (N,) of one sample's estimate (reward - b) grad log P, reward -loss (N,)."""
    import torch

    scores = leaf(a)
    logs = torch.log_softmax(scores, 0)
    rows = torch.stack([torch.autograd.grad(entry, scores, retain_graph=True)[0] for entry in logs])
    p = array(logs.exp())
    estimates = (-np.asarray(loss) - float(b))[:, None] * array(rows)
    mean = p @ estimates
    return mean, p @ (estimates - mean) ** 2


def _variance(u: Array, y: Array, policy: str, given: str, b: float) -> float:
    import torch

    theta = leaf(0.0)
    logs = _log_probabilities(theta, u, policy)
    slopes = np.array([float(torch.autograd.grad(entry, theta, retain_graph=True)[0]) for entry in logs])
    p, estimates = array(logs.exp()), (_rewards(y, given) - b) * slopes
    return float(p @ (estimates - p @ estimates) ** 2)


def _log_probabilities(theta: Tensor, u: Array, policy: str) -> Tensor:
    """log P of the glimpses; at theta = 0 the probabilities are u/sum(u)."""
    import torch

    moved = {
        "score": (1, 0, 0),
        "warm": (0.5, 0, 0),
        "minus": (-1, 0, 0),
        "shared": (1, 1, 0),
        "steps": (0, 1, 3),
        "centre": (-1, 1, -1),
    }[policy]
    return torch.log_softmax(constant(np.log(np.asarray(u, dtype=float))) + theta * constant(moved), 0)


def _rewards(y: Array, given: str) -> Array:
    values = np.asarray(y, dtype=float)
    return {"loss": -values, "reward": values, "saved": 10 - values}[given]
