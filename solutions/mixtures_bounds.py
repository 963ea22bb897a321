"""Steps of gradient ascent on bounds with one latent variable; the bound by quadrature or enumeration, by autograd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(40)  # for the mean over N(0, 1), up to sqrt(2 pi)


def stepped(
    u0: float, v0: float, a0: float, p0: float, d0: float, x0: float, y0: float, w0: float, s0: float, t0: float,
    eta: float, latent: str, asked: str,
) -> float:  # fmt: skip
    """The parameter `asked` after one step of ascent with step size eta; `latent` names the model."""
    import torch

    values = {"u": float(u0), "v": float(v0), "a": float(a0)}
    parameter = leaf(values[asked])
    q = {n: parameter if n == asked else constant(v) for n, v in values.items()}
    if latent == "coin":
        logs = torch.stack([torch.sigmoid(-q["u"]), torch.sigmoid(q["u"])]).log()
        joint = constant([np.log(1 - float(p0)), np.log(float(p0)) + float(d0)])
        bound = (logs.exp() * (joint - logs)).sum()
    else:
        deviation = q["a"].exp() if asked == "a" else q["v"].sqrt()
        z = q["u"] + deviation * constant(_NODES)
        prior = float(t0) if latent == "two-points" else 1.0
        logq = -deviation.log() - constant(_NODES) ** 2 / 2
        inside = _log_likelihood(z, float(x0), float(y0), float(w0), float(s0), latent) - z**2 / (2 * prior) - logq
        bound = (constant(_WEIGHTS / np.sqrt(2 * np.pi)) * inside).sum()
    (slope,) = torch.autograd.grad(bound, parameter)
    return float(parameter.item() + float(eta) * slope.item())


def _log_likelihood(z: Tensor, x: float, y: float, w: float, s: float, latent: str) -> Tensor:
    """log p(data | z) up to a constant."""
    if latent.startswith("count"):
        return x * z - z.exp()
    if latent == "two-points":
        return -((x - z) ** 2 + (y - z) ** 2) / (2 * s)
    return -((x - w * z) ** 2) / (2 * s)
