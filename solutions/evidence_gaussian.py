"""The variational bound of x | z ~ N(w z + b, sigma^2), z ~ N(0, 1) with normal q: by exact quadrature and autograd."""

from __future__ import annotations

from math import log, pi
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(6)  # exact for the squares that appear
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def bound(
    asked: str, coord: str, x: float, w: float, b: float, sigma: float, mu: float, s: float, h: float
) -> float:  # fmt: skip
    """'bound', 'fit' (mean log-likelihood), 'cost' (KL to the prior), or a derivative: 'by-mu', 'by-spread'.

    coord: whether q's spread is given by the standard deviation 's' or by the log-variance 'h'.
    """
    import torch

    middle, spread = leaf(mu), leaf(s if coord == "s" else h)
    deviation = spread if coord == "s" else torch.exp(spread / 2)
    fit, cost = _terms(x, w, b, sigma, middle, deviation)
    if asked in ("by-mu", "by-spread"):
        (found,) = torch.autograd.grad(fit - cost, middle if asked == "by-mu" else spread)
        return float(found)
    return float({"bound": fit - cost, "fit": fit, "cost": cost}[asked].detach())


def _terms(x: float, w: float, b: float, sigma: float, mu: Tensor, deviation: Tensor) -> tuple[Tensor, Tensor]:
    """Mean log-likelihood and KL divergence, as means over z = mu + deviation*node."""
    nodes, weights = constant(NODES), constant(WEIGHTS)
    z = mu + deviation * nodes
    fit = weights @ (-(((x - w * z - b) / sigma) ** 2) / 2) - log(sigma) - log(2 * pi) / 2
    own = -(nodes**2) / 2 - deviation.log()
    return fit, weights @ (own + z**2 / 2)


def best_mean(x0: float, w0: float, b0: float, sigma0: float) -> float:
    """The mean of the posterior, from the covariance of z and x."""
    return float(_posterior(float(w0), float(sigma0))[0] * (float(x0) - float(b0)))


def best_variance(w0: float, sigma0: float) -> float:
    """The variance of the posterior, from the covariance of z and x."""
    return float(_posterior(float(w0), float(sigma0))[1])


def _posterior(w: float, sigma: float) -> tuple[float, float]:
    """Slope of the posterior mean in x, and the posterior variance: regression of z on x."""
    mixing = np.array([[1.0, 0.0], [w, sigma]])  # (z, x) from standard normals
    covariance = mixing @ mixing.T
    return float(covariance[0, 1] / covariance[1, 1]), float(1 / np.linalg.inv(covariance)[0, 0])
