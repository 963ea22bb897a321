"""Jensen's inequality and the variational bound on discrete variables, by sums over all values, and by torch."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def jensen_gap(kind: str, u: float, v: float, r: float) -> float:
    """phi(E[X]) - E[phi(X)] for X = u with probability r and v otherwise, as an integral of -phi'' (Taylor remainder).

    With m the mean, E[phi(X)] - phi(m) = sum_x p(x) * integral from m to x of (x - t) phi''(t) dt.
    """
    import torch

    mean, total = r * u + (1 - r) * v, 0.0
    nodes, weights = np.polynomial.legendre.leggauss(40)
    for value, chance in ((u, r), (v, 1 - r)):
        at = leaf((value + mean) / 2 + (value - mean) / 2 * nodes)
        (first,) = torch.autograd.grad(_phi(kind, at).sum(), at, create_graph=True)
        (second,) = torch.autograd.grad(first.sum(), at)
        inner = (value - array(at)) * array(second) * weights
        total += chance * float(inner.sum()) * (value - mean) / 2
    return -total


def drawn_gap(kind: str, X: Array, c: Array) -> float:
    """|phi(E[X]) - E[phi(X)]| for three values with the weights c in tenths, by listing ten equally likely outcomes."""
    outcomes = np.repeat(np.asarray(X, float), np.asarray(c, int))
    inside = _phi(kind, constant(outcomes.mean()))
    return abs(float(inside) - float(_phi(kind, constant(outcomes)).mean()))


def direction(kind: str) -> str:
    """'above' where phi of the mean is at least the mean of phi (concave), 'below' where it is at most (convex)."""
    draw = np.random.default_rng(3).uniform(0.3, 3, size=(50, 6))
    gaps = [float(_phi(kind, constant(row.mean()))) - float(_phi(kind, constant(row)).mean()) for row in draw]
    return "above" if min(gaps) >= 0 else "below"


def curvature(kind: str) -> str:
    """`direction` from the sign of the second derivative."""
    import torch

    at = leaf(np.linspace(0.3, 3, 30))
    (first,) = torch.autograd.grad(_phi(kind, at).sum(), at, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), at)
    return "above" if float(second.max()) <= 0 else "below"


def _phi(kind: str, x: Tensor) -> Tensor:
    import torch

    table: dict[str, Callable[[], Tensor]] = {
        "log": lambda: torch.log(x), "root": lambda: torch.sqrt(x), "square": lambda: x**2,
        "exp": lambda: torch.exp(x), "inverse": lambda: 1 / x, "surprise": lambda: -torch.log(x),
        "entropy": lambda: -x * torch.log(x), "cube": lambda: x**3, "saturate": lambda: x / (1 + x),
        "inverse-square": lambda: x**-2, "decay": lambda: 1 - torch.exp(-x),
    }  # fmt: skip
    return table[kind]()


def bound(form: str, p: Array, l: Array, q: Array, r: Array, t: Array, c: float, e: Array) -> Array:  # noqa: E741
    """What `form` names, by torch's KL divergence and cross-entropies.

    p prior, l likelihoods, q, t posterior, each (K,); r joint probabilities, e energies -log joint; c the evidence.
    """
    law = constant(q)
    joint = {"joint": constant(r), "energy": (-constant(e)).exp(), "away": constant(t) * c}.get(form)
    if joint is None:
        joint = constant(p) * constant(l)
    free = -_kl(law, joint)
    if form in ("gap", "closed"):
        posterior = constant(t) if form == "closed" else joint / joint.sum()
        return array(_kl(law, posterior))
    if form == "complexity":
        return array(_kl(law, constant(p)))
    if form == "reconstruction":
        return array(free + _kl(law, constant(p)))
    return array(free)


def _kl(q: Tensor, p: Tensor) -> Tensor:
    import torch

    return torch.nn.functional.kl_div(p.log(), q, reduction="sum")


def tables(P: Array, f: Array, u: Array) -> tuple[float, float]:
    """The bound and the log-evidence for prior P/10, likelihoods f, q = u/10."""
    prior, law = constant(np.asarray(P, float) / 10), constant(np.asarray(u, float) / 10)
    joint = prior * constant(np.asarray(f, float))
    return -float(_kl(law, joint)), float(joint.sum().log())


def drawn_bound(P: Array, f: Array, u: Array) -> float:
    """The bound in drawn numbers: expected log-likelihood minus the KL to the prior."""
    return tables(P, f, u)[0]


def drawn_distance(P: Array, f: Array, u: Array) -> float:
    """log p(x) minus the bound."""
    found, exact = tables(P, f, u)
    return exact - found


def drawn_posterior(P: Array, f: Array) -> float:
    """The q of value 1 that makes the bound tight, by climbing in logits with exact multiplicative steps."""
    prior, like = np.asarray(P, float) / 10, np.asarray(f, float)
    law = np.full(len(prior), 1 / len(prior))
    for _ in range(80):
        law = law * np.exp(0.5 * (np.log(prior * like) - np.log(law)))
        law = law / law.sum()
    return float(law[0])
