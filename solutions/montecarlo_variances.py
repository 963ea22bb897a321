"""Variances of the two gradient estimators for a Gaussian z, by Gaussian quadrature with scores by autograd.

m, s  mean and standard deviation of z      c  a constant in f      body: the function f, as text
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(90)
_FUNCTIONS: dict[str, Callable[[Tensor, float], Tensor]] = {
    "(z - c)**2": lambda z, c: (z - c) ** 2,
    "z**2 + c": lambda z, c: z * z + c,
    "exp(z) + c": lambda z, c: z.exp() + c,
    "z**2 + c*z": lambda z, c: z * (z + c),
}


def path_variance(m: float, s: float, c: float, body: str) -> float:
    """The variance of one pathwise estimate."""
    slopes, _, _ = _table(float(m), float(s), float(c), body)
    return _variance(slopes)


def score_variance(m: float, s: float, c: float, body: str) -> float:
    """The variance of one score-function estimate."""
    _, values, scores = _table(float(m), float(s), float(c), body)
    return _variance(values * scores)


def ratio(m0: float, s0: float, c0: float, body: str) -> float:
    """The variance of the score-function estimate over that of the pathwise one."""
    return score_variance(m0, s0, c0, body) / path_variance(m0, s0, c0, body)


def with_baseline(m0: float, s0: float, c0: float, body: str, K: int) -> float:
    """The variance of the average of K score-function estimates with the mean of f as baseline."""
    _, values, scores = _table(float(m0), float(s0), float(c0), body)
    return _variance((values - float(_mean(values))) * scores) / int(K)


def _mean(values: Array) -> float:
    return float(_WEIGHTS @ values / np.sqrt(2 * np.pi))


def _variance(values: Array) -> float:
    return _mean((values - _mean(values)) ** 2)


def _table(m: float, s: float, c: float, body: str) -> tuple[Array, Array, Array]:
    """Slopes of f, values of f and scores by m at the nodes."""
    import torch

    z = leaf(m + s * _NODES)
    values = _FUNCTIONS[body](z, c)
    (slopes,) = torch.autograd.grad(values.sum(), z)
    centre = constant(np.full(len(_NODES), m)).requires_grad_()
    (scores,) = torch.autograd.grad((-((z.detach() - centre) ** 2) / (2 * s**2)).sum(), centre)
    return array(slopes), array(values), array(scores)
