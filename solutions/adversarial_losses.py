"""Losses of discriminators and generators on drawn numbers, by torch.

e, h  outputs (probabilities of data) on data and on samples      eta  step size
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def drawn_loss(e: Array, h: Array) -> float:
    """Minus the mean of log e, minus the mean of log(1 - h)."""
    return float(array(_loss(_logits(e), _logits(h))))


def drawn_change(e: Array, h: Array, eta: float) -> float:
    """The change of the first sample's logit in one step of descent."""
    import torch

    data, samples = _logits(e), _logits(h)
    (slope,) = torch.autograd.grad(_loss(data, samples), samples)
    return float(-float(eta) * slope[0])


def _loss(data: Tensor, samples: Tensor) -> Tensor:
    """The mean cross-entropy of each class, by log-sum-exp over the two classes."""
    import torch

    zero = torch.zeros(1, dtype=torch.float64)
    return torch.logaddexp(zero, -data).mean() + torch.logaddexp(zero, samples).mean()


def _logits(outputs: Array) -> Tensor:
    values = np.asarray(outputs, dtype=float)
    return leaf(np.log(values / (1 - values)))


def generator_step(a0: float, c0: float, w0: float, b0: float, z0: Array, eta: float, loss: str) -> float:
    """The generator's offset c after one step of descent on the mean loss of the samples a0*z + c0.

    The discriminator's logit is w0*x + b0. loss: 'saturating', 'non-saturating' or 'squares'.
    """
    import torch

    offset = leaf(float(c0))
    logits = float(w0) * (float(a0) * constant(np.asarray(z0, dtype=float)) + offset) + float(b0)
    D = torch.sigmoid(logits)
    losses = {
        "saturating": (1 - D).log(),
        "non-saturating": -D.log(),
        "squares": (D - 1) ** 2 / 2,
    }
    (slope,) = torch.autograd.grad(losses[loss].mean(), offset)
    return float(offset.item() - float(eta) * slope.item())
