"""Mixtures of two laws of one kind: posterior and M step, from the log densities by autograd.

a, b  parameters of components 1 and 2      w  weight of component 1      v  a variance      n  throws of a coin
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, leaf
from solutions.mixtures_steps import responsibilities

if TYPE_CHECKING:
    from torch import Tensor


def posterior(x: float, a: float, b: float, w: float, v: float, n: float, law: str, which: int) -> float:
    """The responsibility of component 1 or 2 (`which`) for the observation x."""
    point, weights = constant(x), (float(w), 1 - float(w))
    logs = [
        float(_log_density(point, constant(at), v, n, law)) + np.log(p) for at, p in zip((a, b), weights, strict=True)
    ]
    return float(responsibilities(np.array([logs]))[0, which - 1])


def maximiser(y: Array, r: Array, n: float, law: str) -> float:
    """The parameter a that maximises sum_n r_n log p(y_n; a): where the slope is zero.

    The slope times a, a^2 or a (1 - a) is linear in a for these laws: two slopes by autograd give its root.
    """
    import torch

    found = []
    for a in (0.3, 0.6):
        at = leaf(a)
        total = (constant(r) * _log_density(constant(y), at, 1.0, n, law)).sum()
        (slope,) = torch.autograd.grad(total, at)
        found.append(slope.item() * {"gauss-mean": 1, "gauss-variance": a**2}.get(law, _factor(a, law)))
    return 0.3 - found[0] * 0.3 / (found[1] - found[0])


def maximiser_drawn(yn: Array, rn: Array, n0: float, law: str) -> float:
    """`maximiser` for drawn numbers."""
    return maximiser(np.asarray(yn, dtype=float), np.asarray(rn, dtype=float), float(n0), law)


def _factor(a: float, law: str) -> float:
    return a * (1 - a) if law in ("binomial", "geometric") else a


def _log_density(x: Tensor, a: Tensor, v: float, n: float, law: str) -> Tensor:
    """log p(x; a) without terms that do not depend on a."""
    if law == "gauss-mean":
        return -((x - a) ** 2) / (2 * float(v))
    if law == "gauss-variance":
        return -a.log() / 2 - x**2 / (2 * a)
    if law == "poisson":
        return x * a.log() - a
    if law == "exponential":
        return a.log() - a * x
    if law == "gamma":
        return 2 * a.log() - a * x
    if law == "geometric":
        return a.log() + x * (1 - a).log()
    return x * a.log() + (float(n) - x) * (1 - a).log()
