"""Gaussian windows over the positions 0, 1, 2, 3 by torch: weights, what is read, and derivatives by autograd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def weight(m: float, t: float, window: str, j: int) -> float:
    """The weight of position j; centre m, width t, for 'free' windows the factor 2 and the sharpness t."""
    return float(array(_weights(leaf(float(m)), _parameter(t, window), window))[int(j)])


def reading(m: float, t: float, x0: Array, window: str) -> float:
    """What is read from x0 (4,)."""
    return float(array(_weights(leaf(float(m)), _parameter(t, window), window) @ constant(x0)))


def slope(m: float, t: float, x0: Array, window: str, by: str) -> float:
    """The derivative of `reading` by the centre, or by the parameter of the width."""
    import torch

    centre, width = leaf(float(m)), _parameter(t, window)
    v = _weights(centre, width, window) @ constant(x0)
    return float(torch.autograd.grad(v, centre if by == "centre" else width)[0])


def _parameter(t: float, window: str) -> Tensor:
    """The parameter of the width as a leaf: sigma, log sigma, 1/sigma**2, or the sharpness."""
    import math

    value = float(t)
    return leaf({"width": value, "log": math.log(value), "precision": value**-2, "free": value}[window])


def _weights(centre: Tensor, width: Tensor, window: str) -> Tensor:
    import torch

    squares = (torch.arange(4, dtype=torch.float64) - centre) ** 2
    if window == "free":
        return 2 * torch.exp(-width * squares)
    sharpness = {"width": lambda: width**-2, "log": lambda: torch.exp(-2 * width), "precision": lambda: width}[window]()
    density = torch.exp(-sharpness * squares / 2)
    return density / density.sum()
