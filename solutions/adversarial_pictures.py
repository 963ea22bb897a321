"""Generator losses as functions of the discriminator's logit: curves, slopes by autograd, steps.

a, b, c  the names of the losses of curves 1, 2 and 3      s  logit      D, d0  output, sigmoid of the logit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf
from solutions.drawings import Plot, Series

if TYPE_CHECKING:
    from torch import Tensor

_LOGITS = np.linspace(-5, 5, 41)
_PLACES = ("first", "second", "third")


def curves(a: str, b: str, c: str, shown: str) -> Plot:
    """The three losses, or their slopes, over the logit."""
    series = []
    for i, name in enumerate((a, b, c)):
        values = _slopes(name, _LOGITS) if shown == "slopes" else array(_loss(name, constant(_LOGITS)))
        points = tuple((float(s), round(float(v), 3)) for s, v in zip(_LOGITS, values, strict=True))
        series.append(Series(f"curve {i + 1}", points))
    return Plot(f"{shown.capitalize()} of three losses", "logit s", shown, tuple(series))


def wanted_curve(a: str, b: str, c: str, wanted: str, shown: str) -> str:
    """The place of the wanted loss, by what its curve looks like at both ends."""
    table: dict[str, dict[str, tuple[float, float]]] = {
        "values": {"saturating": (0, -5), "non-saturating": (5, 0), "squares": (0.5, 0)},
        "slopes": {"saturating": (0, -1), "non-saturating": (-1, 0), "squares": (0, 0)},
    }
    left, right = table[shown][wanted]
    ends = [(line.points[0][1], line.points[-1][1]) for line in curves(a, b, c, shown).series]
    return _PLACES[int(np.argmin([abs(x - left) + abs(y - right) for x, y in ends]))]


def wanted_by_slope(a: str, b: str, c: str, wanted: str) -> str:
    """The place of the wanted loss, by its slope at D = 1/4: -D, -(1 - D) or -D (1 - D)^2."""
    logit = np.array([np.log(1 / 3)])
    slopes = [float(_slopes(name, logit)[0]) for name in (a, b, c)]
    target = {"saturating": -1 / 4, "non-saturating": -3 / 4, "squares": -9 / 64}[wanted]
    return _PLACES[int(np.argmin(np.abs(np.array(slopes) - target)))]


def slope_formula(s: float, D: float, loss: str, of: str) -> float:
    """The slope of the loss by the logit, or the quotient of two slopes, at the logit s or the output D (`of`)."""
    logit = np.array([float(s) if of == "s" else float(np.log(float(D)) - np.log1p(-float(D)))])
    if loss == "ratio":
        return float(_slopes("non-saturating", logit)[0] / _slopes("saturating", logit)[0])
    return float(_slopes(loss, logit)[0])


def factor(d0: float) -> float:
    """How many times steeper -log D is than log(1 - D), by the logit."""
    return slope_formula(0.0, d0, "ratio", "D")


def after_step(d0: float, rate: float) -> float:
    """The output after one step of descent on -log D in the logit."""
    logit = np.array([np.log(float(d0)) - np.log1p(-float(d0))])
    moved = constant(logit - float(rate) * _slopes("non-saturating", logit))
    return float(1 / (1 + (-moved).exp())[0])


def _slopes(name: str, logits: Array) -> Array:
    import torch

    at = leaf(logits)
    (slope,) = torch.autograd.grad(_loss(name, at).sum(), at)
    return array(slope)


def _loss(name: str, s: Tensor) -> Tensor:
    """The loss by log-sum-exp and sigmoid of the logit."""
    import torch

    zero = torch.zeros_like(s)
    if name == "saturating":
        return -torch.logaddexp(zero, s)
    if name == "non-saturating":
        return torch.logaddexp(zero, -s)
    return (torch.sigmoid(s) - 1) ** 2 / 2
