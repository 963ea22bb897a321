"""Score-function and pathwise estimates for laws of one variable, by autograd; their mean by quadrature.

m, s  mean and standard deviation, or s the rate or mean of an exponential law      a  a log standard deviation
h  noise      law: which law      by: the parameter      body: the function f, as text
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

_FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "z**2": lambda z: z * z,
    "z**3": lambda z: z * z * z,
    "z**2 - 3*z": lambda z: (z - 1.5) ** 2 - 2.25,
    "z**2 + 4*z": lambda z: (z + 2) ** 2 - 4,
}


def score_estimate(z: float, f: float, m: float, s: float, a: float, law: str, by: str) -> float:
    """f times the derivative of log q(z), by autograd."""
    import torch

    p = {"m": constant(m), "s": constant(s), "a": constant(a)}
    p[by] = leaf(float(p[by]))
    (slope,) = torch.autograd.grad(_log_density(constant(z), p, law), p[by])
    return float(f) * slope.item()


def path_estimate(h: float, m: float, s: float, a: float, law: str, by: str, body: str) -> float:
    """The derivative of f(z) through the path of the noise h, by autograd."""
    return float(_slopes(np.array([float(h)]), m, s, a, law, by, body)[0])


def mean_gradient(m0: float, s0: float, a0: float, law: str, by: str, body: str) -> float:
    """The mean of the pathwise estimate over the noise, by Gaussian quadrature."""
    if law in ("rate", "exponential-mean"):
        nodes, weights = np.polynomial.laguerre.laggauss(20)
    else:
        nodes, weights = np.polynomial.hermite_e.hermegauss(60)
        weights = weights / np.sqrt(2 * np.pi)
    return float(weights @ _slopes(nodes, m0, s0, a0, law, by, body))


def _slopes(h: Array, m: float, s: float, a: float, law: str, by: str, body: str) -> Array:
    """df/d(parameter) for each noise value."""
    import torch

    p = {
        name: torch.full((len(h),), float(value), dtype=torch.float64) for name, value in (("m", m), ("s", s), ("a", a))
    }
    p[by].requires_grad_()
    value = _FUNCTIONS[body](_path(constant(h), p, law))
    (slope,) = torch.autograd.grad(value.sum(), p[by])
    return np.asarray(slope.numpy())


def _path(h: Tensor, p: dict[str, Tensor], law: str) -> Tensor:
    """z made of the noise."""
    if law == "rate":
        return h / p["s"]
    if law == "exponential-mean":
        return h * p["s"]
    z = p["m"] + h * (p["a"].exp() if law == "log-deviation" else p["s"])
    return z.exp() if law == "log-normal" else z


def _log_density(z: Tensor, p: dict[str, Tensor], law: str) -> Tensor:
    """log q(z), up to a constant."""
    if law == "rate":
        return p["s"].log() - p["s"] * z
    if law == "exponential-mean":
        return -p["s"].log() - z / p["s"]
    log_scale = p["a"] if law == "log-deviation" else p["s"].log()
    place = z.log() if law == "log-normal" else z
    return -log_scale - ((place - p["m"]) * (-log_scale).exp()) ** 2 / 2
