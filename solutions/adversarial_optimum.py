"""Best discriminators: stationary points of objectives by autograd, and Bayes' rule on log densities.

p, q  densities of data and samples at one point      w  share of data among the examples      x, a, b, v: see laws
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def best_value(p: float, q: float, w: float, objective: str) -> float:
    """The D at which the slope of the objective's contribution at one point is zero.

    The slope, times D (1 - D) or D where D stands in a logarithm, is linear in D: two slopes by autograd give its root.
    """
    import torch

    found, at = [], (0.25, 0.75)
    for value in at:
        D = leaf(value)
        (slope,) = torch.autograd.grad(_contribution(D, float(p), float(q), float(w), objective), D)
        factor = {"kl": value, "squares": 1.0, "signed-squares": 1.0, "ratio": 1.0}.get(objective, value * (1 - value))
        found.append(slope.item() * factor)
    return at[0] - found[0] * (at[1] - at[0]) / (found[1] - found[0])


def _contribution(D: Tensor, p: float, q: float, w: float, objective: str) -> Tensor:
    """What one point adds to the objective."""
    match objective:
        case "weighted":
            return 2 * p * D.log() + 3 * q * (1 - D).log()
        case "share":
            return w * p * D.log() + (1 - w) * q * (1 - D).log()
        case "smoothed":
            return p * (0.9 * D.log() + 0.1 * (1 - D).log()) + q * (1 - D).log()
        case "squares":
            return p * (D - 1) ** 2 + q * D**2
        case "signed-squares":
            return p * (D - 1) ** 2 + q * (D + 1) ** 2
        case "ratio":
            return p * D - q * D**2 / 2
        case "kl":
            return p * D.log() - q * D
    return p * D.log() + q * (1 - D).log()


def from_laws(x: float, a: float, b: float, v: float, law: str) -> float:
    """p/(p + q) at x for data of the law with a and samples of the law with b, by a softmax of log densities."""
    import torch

    point, first, second, spread = (constant(float(value)) for value in (x, a, b, v))
    if law == "mixture":
        logs = torch.stack([first.log(), ((first + second) / 2).log()])
    else:
        logs = torch.stack([_log_density(point, first, spread, law), _log_density(point, second, spread, law)])
    return float(array(torch.softmax(logs, 0))[0])


def _log_density(x: Tensor, a: Tensor, v: Tensor, law: str) -> Tensor:
    """log density at x, up to a term that the two laws share."""
    if law == "gauss-mean":
        return -((x - a) ** 2) / (2 * v)
    if law == "gauss-variance":
        return -((2 * np.pi * a).log() + x**2 / a) / 2
    if law == "exponential":
        return a.log() - a * x
    if law == "geometric":
        return a.log() + x * (1 - a).log()
    return x * a.log() - a


def mean_output(pc: Array, rc: Array) -> float:
    """The mean over data of the best output, by counting in a list of ten data examples and one of ten samples.

    pc, rc (3,): counts of the first three values in the data, and of the last three, from the end, in the samples.
    """
    data = [value for value, count in enumerate(pc) for _ in range(int(count))]
    samples = [3 - place for place, count in enumerate(rc) for _ in range(int(count))]
    data, samples = data + [3] * (10 - len(data)), samples + [0] * (10 - len(samples))
    return float(np.mean([data.count(x) / (data.count(x) + samples.count(x)) for x in data]))
