"""Fisher information of one parameter: expectations of squared scores by summing over outcomes, or on a fine grid."""

from __future__ import annotations

from math import log, pi
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def information(model: str, t: float) -> float:
    """The mean of the squared score under the model at t."""
    outcomes, weights = _outcomes(model, t)
    chances = array(_log_density(model, constant(outcomes), constant(t)).exp()) * weights
    return float((chances * scores(model, outcomes, t) ** 2).sum())


def empirical(model: str, ys: Array, T: float) -> float:
    """The sum of squared scores of the observations."""
    return float((scores(model, ys, T) ** 2).sum())


def natural_step(model: str, ys: Array, T: float, al: float) -> float:
    """al times the mean score of the observations over the information."""
    return float(al * scores(model, ys, T).mean() / information(model, T))


def scores(model: str, ys: Array, t: float) -> Array:
    """The derivative of log p(y) by t for each y, by autograd."""
    import torch

    at = leaf(np.full(len(ys), float(t)))
    (found,) = torch.autograd.grad(_log_density(model, constant(ys), at).sum(), at)
    return array(found)


def _outcomes(model: str, t: float) -> tuple[Array, Array]:
    """Outcomes and the weight of each: 1 for countable ones, the spacing of a grid for others."""
    if model in {"bernoulli", "logit"}:
        return np.arange(2.0), np.ones(2)
    if model == "trials":
        return np.arange(3.0), np.ones(3)
    if model in {"poisson", "lograte"}:
        return np.arange(60.0), np.ones(60)
    if model == "geometric":
        return np.arange(1.0, 400.0), np.ones(399)
    if model == "exponential":  # Gauss-Laguerre: exact, as the squared score is a polynomial
        nodes, weights = np.polynomial.laguerre.laggauss(12)
        return nodes / t, weights * np.exp(nodes) / t
    scale = {"mean": 2.0, "spread": t, "variance": t**0.5, "curve": 1.0}[model]
    middle = {"mean": t, "curve": t * t}.get(model, 0.0)
    grid = np.linspace(-9.0, 9.0, 721)
    return middle + scale * grid, np.full(721, scale * (grid[1] - grid[0]))


def _log_density(model: str, y: Tensor, t: Tensor) -> Tensor:
    import torch

    match model:
        case "bernoulli":
            return y * t.log() + (1 - y) * (1 - t).log()
        case "logit":
            return y * t - torch.nn.functional.softplus(t)
        case "poisson":
            return y * t.log() - t - torch.lgamma(y + 1)
        case "lograte":
            return y * t - t.exp() - torch.lgamma(y + 1)
        case "exponential":
            return t.log() - t * y
        case "geometric":
            return t.log() + (y - 1) * (1 - t).log()
        case "trials":
            chosen = torch.lgamma(torch.full_like(y, 3.0)) - torch.lgamma(y + 1) - torch.lgamma(3 - y)
            return chosen + y * t.log() + (2 - y) * (1 - t).log()
    middle, variance = {
        "mean": (t, 4 + 0 * t), "spread": (0 * t, t * t), "variance": (0 * t, t), "curve": (t * t, 1 + 0 * t),
    }[model]  # fmt: skip
    return -((y - middle) ** 2) / (2 * variance) - (variance.log() + log(2 * pi)) / 2
