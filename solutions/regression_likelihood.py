"""Likelihoods of regression and of logistic regression by torch's distributions and losses, for small examples too.

X  (N, D)  inputs, one example a row      w  (D,)  weights
y  (N,)    targets: real, or labels       s        parameter of the noise
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def noise_loss(X: Array, y: Array, w: Array, s: float, c: Array, noise: str) -> float:
    """The negative log-likelihood of the targets, by torch.distributions.

    noise: 'variance', 'deviation', 'precision' (of a Gaussian), 'scaled' (variance s*c_n) or 'laplace' (scale s).
    """
    errors = constant(y) - constant(X) @ constant(w)
    return float(_noise_loss(errors, constant(s), constant(c), noise))


def noise_parameter(X: Array, y: Array, w: Array, c: Array, noise: str) -> float:
    """The s of greatest likelihood, where its derivative by autograd crosses zero."""
    return _most_likely(constant(y) - constant(X) @ constant(w), constant(c), noise)


def noise_of_residuals(r: Array, k: Array, noise: str) -> float:
    """The same from residuals r (4,), with the known factors k (4,) of the variances."""
    return _most_likely(constant(r), constant(k), noise)


def _noise_loss(errors: Tensor, s: Tensor, c: Tensor, noise: str) -> Tensor:
    from torch.distributions import Laplace, Normal

    widths: dict[str, Any] = {
        "variance": lambda: s.sqrt(),
        "deviation": lambda: s,
        "precision": lambda: 1 / s.sqrt(),
        "scaled": lambda: (s * c).sqrt(),
        "laplace": lambda: s,
    }
    family: Any = Laplace if noise == "laplace" else Normal
    width = widths[noise]() * constant(np.ones(errors.shape))
    return -family(0 * errors, width).log_prob(errors).sum()  # type: ignore[no-any-return]


def _most_likely(errors: Tensor, c: Tensor, noise: str) -> float:
    """By bisection of log s."""
    import torch

    low, high = -60.0, 60.0
    for _ in range(110):
        middle = torch.tensor((low + high) / 2, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(_noise_loss(errors, middle.exp(), c, noise), middle)
        low, high = (low, middle.item()) if slope > 0 else (middle.item(), high)
    return float(np.exp((low + high) / 2))


def logistic_hessian(X: Array, y: Array, w: Array, rho: float, c: Array, kind: str) -> Array:
    """The Hessian (D, D) of a cross-entropy by torch, kind: 'sum', 'mean', 'decay', 'weighted' or 'signs'."""
    import torch

    rows, labels, entropy = constant(X), constant(y), torch.nn.functional.binary_cross_entropy_with_logits

    def loss(weights: Tensor) -> Tensor:
        scores = rows @ weights
        if kind == "signs":
            return torch.nn.functional.softplus(-(2 * labels - 1) * scores).sum()
        weight = constant(c) if kind == "weighted" else None
        total = entropy(scores, labels, weight=weight, reduction="mean" if kind == "mean" else "sum")
        return total + rho / 2 * (weights**2).sum() if kind == "decay" else total

    return array(torch.autograd.functional.hessian(loss, constant(w)))  # type: ignore[no-untyped-call]


def logit_losses(z: Array, y: Array) -> Array:
    """The binary cross-entropies (N,) of scores z (N,) and labels y (N,)."""
    import torch

    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    return array(entropy(constant(z), constant(y), reduction="none"))
