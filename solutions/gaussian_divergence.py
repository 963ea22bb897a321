"""KL between Gaussians without its closed form: the mean of log q - log p at points that are exact for parabolas."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def divergence(m0: Array, S0: Array, m1: Array, S1: Array) -> float:
    """KL[N(m0, S0) || N(m1, S1)] in nats. m0, m1 (D,); S0, S1 (D, D) covariances.

    The 2·D points m0 ± sqrt(D) times the columns of a root of S0 have the mean m0 and the covariance S0.
    """
    size = len(m0)
    root = np.linalg.cholesky(S0) * np.sqrt(size)
    points = np.concatenate([m0 + root.T, m0 - root.T])
    return float(np.mean(_log_density(points, m0, S0) - _log_density(points, m1, S1)))


def _log_density(z: Array, mean: Array, covariance: Array) -> Array:
    """log N(z | mean, covariance), (P,). z (P, D)."""
    values, axes = np.linalg.eigh(covariance)
    scaled = (z - mean) @ axes / np.sqrt(values)
    return np.asarray(-(scaled**2).sum(1) / 2 - np.log(2 * np.pi * values).sum() / 2)


def variances(par: str, given: Array) -> Array:
    """Variances (D,) from standard deviations s, variances v, their logs l, logs t of deviations, or precisions r."""
    given = np.asarray(given, dtype=float)
    if par == "s":
        return given**2
    if par == "r":
        return 1 / given
    return {"v": given, "l": np.exp(given), "t": np.exp(given) ** 2}[par]


def to_prior(
    mu: Array, s: Array, v: Array, l: Array, t: Array, r: Array, c: float, m: Array, par: str, prior: str  # noqa: E741
) -> float:  # fmt: skip
    """KL from the diagonal Gaussian with means mu (D,) and the spread `par` to the prior named `prior`."""
    spread = variances(par, {"s": s, "v": v, "l": l, "t": t, "r": r}[par])
    middle = np.asarray(m, dtype=float) if prior == "moved" else np.zeros(len(mu))
    scale = float(c) if prior == "wide" else 1.0
    return divergence(np.asarray(mu, dtype=float), np.diag(spread), middle, scale * np.eye(len(mu)))


def to_prior_number(mu0: Array, g0: Array, c0: float, b0: float, par: str, prior: str) -> float:
    """The same for drawn means mu0 and spreads g0 (2,), prior variance c0 or prior mean b0."""
    return divergence(
        np.asarray(mu0, dtype=float), np.diag(variances(par, g0)),
        np.full(2, float(b0) if prior == "moved" else 0.0), np.eye(2) * (float(c0) if prior == "wide" else 1.0),
    )  # fmt: skip
