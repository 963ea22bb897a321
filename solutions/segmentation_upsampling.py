"""Upsampling by a transposed convolution in one dimension, by PyTorch.

x (5,): scores; k0 to k3: the kernel's taps; g (10,): the gradient that arrives. Stride 2, padding 1.
"""

from __future__ import annotations

from typing import Any

from solutions.arrays import Array, array, constant, leaf


def _upsampled(x: Any, kernel: Any) -> Any:
    import torch

    return torch.nn.functional.conv_transpose1d(x[None, None], kernel[None, None], stride=2, padding=1)[0, 0]


def fine_score(x: Array, k0: float, k1: float, k2: float, k3: float, m: int, odd: int) -> float:
    """The output at the place 2m + odd."""
    taps = constant([float(k) for k in (k0, k1, k2, k3)])
    return float(array(_upsampled(constant(x), taps))[2 * int(m) + int(odd)])


def score_gradient(x: Array, k0: float, k1: float, k2: float, k3: float, g: Array, m: int) -> float:
    """The gradient at the score x[m]."""
    import torch

    scores = leaf(x)
    (found,) = torch.autograd.grad(
        _upsampled(scores, constant([float(k) for k in (k0, k1, k2, k3)])), scores, constant(g)
    )
    return float(found[int(m)])


def tap_gradient(x: Array, k0: float, k1: float, k2: float, k3: float, g: Array, tap: int) -> float:
    """The gradient at one tap of the kernel."""
    import torch

    kernel = leaf([float(k) for k in (k0, k1, k2, k3)])
    (found,) = torch.autograd.grad(_upsampled(constant(x), kernel), kernel, constant(g))
    return float(found[int(tap)])
