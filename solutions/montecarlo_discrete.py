"""The score-function estimator for small discrete laws: mean and variance by enumeration, scores by autograd.

law: which law; p, r  probabilities; f0, f1, f2  values of f for the outcomes in order
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def exact(law: str, p: float, r: float, f0: float, f1: float, f2: float) -> float:
    """The derivative of the mean of f, by autograd through the probabilities."""
    import torch

    parameter = _start(law, float(p), float(r))
    q = _probabilities(law, parameter)
    (slope,) = torch.autograd.grad((q * constant(_values(q, f0, f1, f2))).sum(), parameter)
    return float(slope.reshape(-1)[0])


def spread(law: str, p: float, r: float, f0: float, f1: float, f2: float) -> float:
    """The variance of the estimator without a baseline."""
    return _variance(*_table(law, p, r, f0, f1, f2), 0.0)


def spread_with_mean(law: str, p: float, r: float, f0: float, f1: float, f2: float) -> float:
    """The variance of the estimator with the mean of f as baseline."""
    q, f, score = _table(law, p, r, f0, f1, f2)
    return _variance(q, f, score, float(q @ f))


def best_baseline(law: str, p: float, r: float, f0: float, f1: float, f2: float) -> float:
    """The baseline of least variance: the vertex of the parabola through three variances."""
    table = _table(law, p, r, f0, f1, f2)
    low, middle, high = (_variance(*table, b) for b in (-1.0, 0.0, 1.0))
    return (low - high) / (2 * (low - 2 * middle + high))


def _variance(q: Array, f: Array, score: Array, baseline: float) -> float:
    values = (f - baseline) * score
    mean = float(q @ values)
    return float(q @ (values - mean) ** 2)


def _table(law: str, p: float, r: float, f0: float, f1: float, f2: float) -> tuple[Array, Array, Array]:
    """Probabilities, values of f and scores (K,) of the outcomes."""
    import torch

    parameter = _start(law, float(p), float(r))
    q = _probabilities(law, parameter)
    logs = q.log()
    slopes = [torch.autograd.grad(entry, parameter, retain_graph=True)[0].reshape(-1)[0] for entry in logs]
    return array(q), _values(q, f0, f1, f2), array(torch.stack(slopes))


def _values(q: Tensor, f0: float, f1: float, f2: float) -> Array:
    return np.array([float(f0), float(f1), float(f2)])[: len(q)]


def _start(law: str, p: float, r: float) -> Tensor:
    """The parameter as a leaf: a number, or three logits."""
    if law == "softmax":
        return leaf(np.log([p, r, 1 - p - r]))
    logit = float(np.log(p / (1 - p)))
    return leaf(p if law == "chance" else logit / 2 if law == "sign" else logit)


def _probabilities(law: str, parameter: Tensor) -> Tensor:
    """The probabilities (K,) of the outcomes, differentiable."""
    import torch

    if law == "softmax":
        return torch.softmax(parameter, 0)
    if law == "chance":
        return torch.stack([1 - parameter, parameter])
    heads = torch.sigmoid(2 * parameter if law == "sign" else parameter)
    if law == "two-throws":
        return torch.stack([(1 - heads) ** 2, 2 * heads * (1 - heads), heads**2])
    return torch.stack([1 - heads, heads])
