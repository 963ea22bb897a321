"""Notes on variational inference with one wrong line, found at sampled points by autograd, quadrature and ascent.

Latent Gaussian model: mu, s (D,) means and standard deviations of q; g, h (D,) gradients of the expected
log-likelihood by mu and s; e (D,) noise; eta a step size. Mean field: P (K, J) table of p(x, z1, z2), w (K,) and
r (J,) the factors, L (D, D) the precision of a Gaussian.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.formula import Domain, Scope, Symbol
from solutions.arrays import Array, array, constant, leaf
from solutions.gaussian_divergence import divergence
from solutions.variational_factors import best_factor
from solutions.variational_free import ascended
from solutions.variational_variance import conditional
from solutions.wrong_lines import differing, only


def wrong_in_model(kl: str, means: str, spreads: str, sample: str, step: str, logvar: str) -> str:
    """The name of the line on the latent Gaussian model that is contradicted."""
    scope = Scope({
        "mu": Symbol("mu", ("D",)), "s": Symbol("s", ("D",), Domain("positive")),
        "e": Symbol("e", ("D",), Domain("interval", -1.5, 1.5)), "g": Symbol("g", ("D",)), "h": Symbol("h", ("D",)),
        "eta": Symbol("eta", (), Domain("positive")),
    })  # fmt: skip
    lines = {"kl": kl, "mean": means, "spread": spreads, "sample": sample, "step": step, "logvar": logvar}
    return only(differing(scope, lines, model_line, seed="variational notes"))


def model_line(mu: Array, s: Array, e: Array, g: Array, h: Array, eta: float, wrong: str) -> Array:
    """What the line named `wrong` should say."""
    import torch

    if wrong == "kl":
        zero = np.zeros(len(mu))
        return np.asarray(divergence(np.asarray(mu), np.diag(np.asarray(s) ** 2), zero, np.eye(len(mu))))
    law: Any = torch.distributions
    means, logs = leaf(mu), leaf(2 * np.log(s))
    spread = (logs / 2).exp()
    if wrong == "sample":
        return array(law.Normal(means, spread).icdf(law.Normal(0.0, 1.0).cdf(constant(e))))
    kl = law.kl_divergence(law.Normal(means, spread), law.Normal(0.0, 1.0)).sum()
    if wrong == "logvar":
        return array(torch.autograd.grad(-kl, logs)[0])
    if wrong == "spread":
        return array(torch.autograd.grad(constant(h) @ spread - kl, spread)[0])
    (slope,) = torch.autograd.grad(constant(g) @ means - kl, means)
    return array(slope) if wrong == "mean" else array(means + float(eta) * slope)


def model_value(m0: float, s0: float, g0: float, h0: float, e0: float, eta0: float, wrong: str) -> float:
    """The value of the line named `wrong` for D = 1, when it is put right."""
    m, s, e, g, h = (np.array([float(value)]) for value in (m0, s0, e0, g0, h0))
    return float(np.sum(model_line(m, s, e, g, h, float(eta0), wrong)))


def wrong_in_field(
    freeline: str, rowsline: str, columnsline: str, boundline: str, evidenceline: str, varianceline: str
) -> str:  # fmt: skip
    """The name of the line on mean field that is contradicted."""
    scope = Scope({
        "P": Symbol("P", ("K", "J"), Domain("interval", 0.05, 1.0)), "w": Symbol("w", ("K",), Domain("simplex")),
        "r": Symbol("r", ("J",), Domain("simplex")), "L": Symbol("L", ("D", "D"), Domain("positive_definite")),
    })  # fmt: skip
    lines = {
        "free": freeline, "rows": rowsline, "columns": columnsline, "bound": boundline, "evidence": evidenceline,
        "variance": varianceline,
    }  # fmt: skip
    return only(differing(scope, lines, field_line, seed="variational notes"))


def field_line(P: Array, w: Array, r: Array, L: Array, wrong: str) -> Array:
    """What the line named `wrong` should say."""
    P, w, r = (np.asarray(value, dtype=float) for value in (P, w, r))
    logs = constant(np.log(P))
    if wrong == "rows":
        return best_factor(np.log(P), r)
    if wrong == "columns":
        return best_factor(np.log(P).T, w)
    if wrong == "variance":
        return conditional(np.asarray(np.linalg.inv(L), dtype=np.float64))
    flat = logs.reshape(-1)
    best = ascended(lambda q: (q * flat).sum() - (q * q.log()).sum(), P.size)
    if wrong == "free":
        return best.reshape(P.shape)
    top = (constant(best) * (flat - constant(best).log())).sum()
    q = constant(np.outer(w, r).reshape(-1))
    short = (q * (q / constant(best)).log()).sum() if wrong == "bound" else 0.0
    return array(top - short)


def field_value(P0: Array, w0: float, r0: float, L0: Array, wrong: str) -> float:
    """The last entry of the line named `wrong` for two variables with two values, when it is put right."""
    w, r = (np.array([1 - float(chance), float(chance)]) for chance in (w0, r0))
    table, precision = np.asarray(P0, dtype=float), np.asarray(L0, dtype=float)
    return float(np.ravel(field_line(table, w, r, precision, wrong))[-1])


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong
