"""Importance sampling of the evidence over a discrete latent variable, by listing what can be sampled."""

from __future__ import annotations

from itertools import product

import numpy as np

from solutions.arrays import Array


def moment(form: str, p: Array, l: Array, q: Array, S: float) -> float:  # noqa: E741
    """What `form` names about the mean of S weights w = p*l/q, z drawn from q: from the law of a single weight.

    'variance', 'relative' (squared error over the squared evidence), 'second' (mean of w^2), 'prior' (variance for
    q = p), 'ratio' (variance with the prior over that with q, for one draw), 'log' (mean of log w), 'size' (how many
    draws bring the relative error, a standard deviation, down to 1/10).
    """
    law = p if form == "prior" else q
    w = (p / law) * l
    mean = float(np.sum(law * w))
    spread = float(np.sum(law * (w - mean) ** 2))
    answers = {
        "variance": spread / S, "prior": spread / S, "relative": spread / S / mean**2,
        "second": float(np.sum(law * w * w)), "log": float(np.sum(law * np.log(w))), "size": 100 * spread / mean**2,
        "ratio": float(np.sum(p * (l - mean) ** 2)) / spread if spread else float("inf"),
    }  # fmt: skip
    return answers[form]


def estimate(P: Array, f: Array, u: Array, i1: int, i2: int, i3: int) -> float:
    """The mean weight of three draws; P prior and u proposal in tenths, f likelihoods, i the values drawn (from 0)."""
    prior, law, weights = np.asarray(P, float) / 10, np.asarray(u, float) / 10, []
    for i in (int(i1), int(i2), int(i3)):
        weights.append(float(f[i]) * prior[i] / law[i])
    return float(np.mean(weights))


def two_draws(P: Array, f: Array, u: Array) -> float:
    """The standard deviation of the mean weight of two draws, over all pairs that can be drawn."""
    prior, law, like = np.asarray(P, float) / 10, np.asarray(u, float) / 10, np.asarray(f, float)
    pairs = list(product(range(len(law)), repeat=2))
    chances = np.array([law[i] * law[j] for i, j in pairs])
    means = np.array([(like[i] * prior[i] / law[i] + like[j] * prior[j] / law[j]) / 2 for i, j in pairs])
    middle = float(chances @ means)
    return float(np.sqrt(chances @ (means - middle) ** 2))


def steadiest(P: Array, f: Array, u: Array, v: Array) -> str:
    """The name of the proposal with the least variance of a single weight: 'prior', 'even', 'first' u, 'second' v."""
    laws = {"prior": P, "even": np.full(4, 2.5), "first": u, "second": v}
    spreads = {}
    for name, tenths in laws.items():
        law, prior = np.asarray(tenths, float) / 10, np.asarray(P, float) / 10
        w = prior * np.asarray(f, float) / law
        spreads[name] = float(law @ (w - float(law @ w)) ** 2)
    return min(spreads, key=lambda name: spreads[name])


def closest(P: Array, f: Array, u: Array, v: Array) -> str:
    """`steadiest` by another measure that ranks alike: the chi-squared distance of the posterior from the proposal."""
    joint = [float(a) * float(b) for a, b in zip(P, f, strict=True)]
    posterior = [value / sum(joint) for value in joint]
    laws = {"prior": P, "even": np.full(4, 2.5), "first": u, "second": v}
    distances = {
        name: sum((10 * t - float(q)) ** 2 / float(q) for t, q in zip(posterior, law, strict=True))
        for name, law in laws.items()
    }
    return min(distances, key=lambda name: distances[name])
