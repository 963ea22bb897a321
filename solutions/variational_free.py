"""The best unrestricted q over a discrete latent variable, found by ascent on the bound with torch's gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def best(
    p: Array, a: Array, w: Array, s: Array, S: Array, r: Array, h: float, t: float, x: float, v: float, c: float,
    start: str, model: str, aim: str,
) -> Array:  # fmt: skip
    """The q (K,) that maximises the objective `aim` for the prior `start` and the likelihood `model`."""
    import torch

    law: Any = torch.distributions
    prior = constant(p) if start == "probabilities" else constant(a).softmax(0)
    laws: dict[str, Callable[[], Any]] = {
        "likelihood": lambda: constant(w).log(),
        "logs": lambda: constant(s),
        "table": lambda: constant(S).sum(0),
        "coins": lambda: float(h) * constant(r).log() + float(t) * (-constant(r)).log1p(),
        "counts": lambda: law.Poisson(constant(w)).log_prob(constant(x)),
        "normal": lambda: law.Normal(constant(s), constant(v).sqrt()).log_prob(constant(x)),
    }
    fit, price = {"bound": (1.0, 1.0), "weighted": (1.0, float(c)), "tempered": (float(c), 1.0)}[aim]
    return ascended(lambda q: bound(q, prior, laws[model](), fit, price), len(prior), price)


def bound(q: Tensor, prior: Tensor, logs: Tensor, fit: float = 1.0, price: float = 1.0) -> Tensor:
    """`fit` times the mean log-likelihood under q, less `price` times KL[q || prior]."""
    return fit * (q * logs).sum() - price * (q * (q / prior).log()).sum()


def ascended(objective: Callable[[Tensor], Tensor], values: int, price: float = 1.0) -> Array:
    """The q (K,) at which the derivatives of the objective agree, by mirror ascent from the uniform distribution."""
    import torch

    q = np.full(values, 1.0 / values)
    for _ in range(3):
        at = leaf(q)
        slope = array(torch.autograd.grad(objective(at), at)[0]) / price
        if np.ptp(slope) < 1e-9:
            break
        q = q * np.exp(slope - slope.max())
        q = q / q.sum()
    return q


def best_number(pri: Array, la: Array, lb: Array, k: int) -> float:
    """The probability of value k under the best q, for two observations with likelihoods la, lb (K,)."""
    return float(_best(pri, la, lb)[int(k)])


def gap(pri: Array, la: Array, lb: Array, k: int, other: str) -> float:
    """KL from the distribution `other` to the best q: prior, uniform, or a point at value k."""
    import torch

    best_q = constant(_best(pri, la, lb))
    q = {"prior": np.asarray(pri, dtype=float), "uniform": np.full(3, 1 / 3), "point": np.eye(3)[int(k)]}[other]
    law: Any = torch.distributions
    return float(law.kl_divergence(law.Categorical(constant(q)), law.Categorical(best_q)))


def _best(pri: Array, la: Array, lb: Array) -> Array:
    logs = constant(np.log(np.asarray(la, dtype=float))) + constant(np.log(np.asarray(lb, dtype=float)))
    return ascended(lambda q: bound(q, constant(pri), logs), len(logs))
