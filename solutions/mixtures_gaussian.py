"""EM in a model with one Gaussian latent z and one Gaussian observation x, the posterior on a grid, by autograd.

x  observation      w  slope      s  noise variance      t  prior variance of z      b  offset or prior mean
learnt: 'offset', 'centre' (the prior mean), 'prior' (t), 'noise' (s) or 'slope' (w)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

_PARAMETER = {"offset": "b", "centre": "b", "prior": "t", "noise": "s", "slope": "w"}


def after_round(x: float, w: float, s: float, t: float, b: float, learnt: str) -> float:
    """The learnt parameter after one E and one M step.

    The slope of the expected log joint, times the square of a variance, is linear in the parameter: two slopes by
    autograd give its root.
    """
    import torch

    old = {"w": float(w), "s": float(s), "t": float(t), "b": float(b)}
    z = constant(np.linspace(-25, 25, 1501))
    q = torch.softmax(_log_joint(float(x), z, {n: constant(v) for n, v in old.items()}, learnt), 0)
    name, slopes, at = _PARAMETER[learnt], [], (1.0, 2.0)
    for value in at:
        parameter = leaf(value)
        terms = {n: parameter if n == name else constant(v) for n, v in old.items()}
        (slope,) = torch.autograd.grad((q * _log_joint(float(x), z, terms, learnt)).sum(), parameter)
        slopes.append(slope.item() * (value**2 if learnt in ("prior", "noise") else 1))
    return at[0] - slopes[0] * (at[1] - at[0]) / (slopes[1] - slopes[0])


def after_round_drawn(x0: float, w0: float, s0: float, t0: float, b0: float, learnt: str) -> float:
    """`after_round` for drawn numbers."""
    return after_round(x0, w0, s0, t0, b0, learnt)


def limit(x: float, w: float, s: float, t: float, b: float, learnt: str) -> float:
    """The parameter that maximises the density of x, by bisection on the slope of its logarithm."""
    import torch

    values, name = {"w": float(w), "s": float(s), "t": float(t), "b": float(b)}, _PARAMETER[learnt]
    low, high = (-100.0, 100.0) if name == "b" else (1e-3, 200.0)
    for _ in range(60):
        middle = (low + high) / 2
        parameter = leaf(middle)
        p = {n: parameter if n == name else constant(v) for n, v in values.items()}
        mean = {"offset": p["b"], "centre": p["w"] * p["b"]}.get(learnt, constant(0.0))
        variance = p["w"] ** 2 * p["t"] + p["s"]
        (slope,) = torch.autograd.grad(-variance.log() / 2 - (float(x) - mean) ** 2 / (2 * variance), parameter)
        low, high = (middle, high) if slope.item() > 0 else (low, middle)
    return (low + high) / 2


def _log_joint(x: float, z: Tensor, p: dict[str, Tensor], learnt: str) -> Tensor:
    """log p(x, z) on the grid z, up to a constant."""
    offset = p["b"] if learnt == "offset" else 0.0
    centre = p["b"] if learnt == "centre" else 0.0
    prior = -p["t"].log() / 2 - (z - centre) ** 2 / (2 * p["t"])
    return prior - p["s"].log() / 2 - (x - p["w"] * z - offset) ** 2 / (2 * p["s"])
