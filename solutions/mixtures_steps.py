"""E and M steps of mixtures in one dimension, by autograd: responsibilities as slopes of the log evidence, M steps by
bisection on the slope of the expected log joint.

x (N,)  data      w  weight of component 1      m1, m2 means      s1, s2 standard deviations
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def responsibilities(joint: Array) -> Array:
    """The posterior (N, K) of the component for log joints (N, K): the slopes of the summed log evidence."""
    import torch

    logs = leaf(joint)
    (slope,) = torch.autograd.grad(torch.logsumexp(logs, 1).sum(), logs)
    return array(slope)


def climbed(slope_of: Callable[[Tensor], Tensor], low: float, high: float) -> float:
    """The maximiser between low and high of a function with one maximum, by bisection on its slope by autograd."""
    import torch

    for _ in range(45):
        middle = (low + high) / 2
        at = leaf(middle)
        (slope,) = torch.autograd.grad(slope_of(at), at)
        low, high = (middle, high) if slope.item() > 0 else (low, middle)
    return (low + high) / 2


def shares(x: Array, w: float, m1: float, m2: float, s1: float, s2: float, kind: str) -> Array:
    """Responsibilities of component 1 (N,). kind 'labelled': the last point is known to be of component 1."""
    scales = constant([float(s1), float(s2)])
    distances = (constant(x)[:, None] - constant([float(m1), float(m2)])) / scales
    joints = constant([float(w), 1 - float(w)]).log() - scales.log() - distances**2 / 2
    r = responsibilities(array(joints))[:, 0]
    if kind == "labelled":
        r[-1] = 1.0
    return r


def first_responsibility(x: Array, w: float, m1: float, m2: float, s1: float, s2: float, kind: str) -> float:
    """The responsibility of component 1 for the first point."""
    return float(shares(x, w, m1, m2, s1, s2, kind)[0])


def new_mean(x: Array, w: float, m1: float, m2: float, s1: float, s2: float, kind: str) -> float:
    """The mean of component 1 after one E and one M step."""
    r, points = constant(shares(x, w, m1, m2, s1, s2, kind)), constant(x)
    return climbed(lambda m: -(r * (points - m) ** 2).sum(), float(points.min()), float(points.max()))


def new_weight(x: Array, w: float, m1: float, m2: float, s1: float, s2: float, kind: str) -> float:
    """The weight of component 1 after one E and one M step."""
    r = constant(shares(x, w, m1, m2, s1, s2, kind))
    return climbed(lambda p: (r * p.log() + (1 - r) * (1 - p).log()).sum(), 1e-6, 1 - 1e-6)


def new_variance(x: Array, w: float, m1: float, m2: float, s1: float, s2: float, kind: str) -> float:
    """The variance of component 1 after one E and one M step."""
    r, points = constant(shares(x, w, m1, m2, s1, s2, kind)), constant(x)
    around = (points - (r * points).sum() / r.sum()) ** 2
    return climbed(lambda v: -(r * (v.log() + around / v)).sum(), 1e-3, float(np.ptp(array(points))) ** 2)
