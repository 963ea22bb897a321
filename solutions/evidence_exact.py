"""Model evidence with the latent variables summed out one assignment at a time, or on a fine grid."""

from __future__ import annotations

from math import prod

import numpy as np

from solutions.arrays import Array

GRID = np.linspace(-8.5, 8.5, 341)


def gaussian(
    kind: str, x: float, w: float, b: float, sigma: float, m: float, s: float, v: float, r: float
) -> float:  # fmt: skip
    """p(x) of a Gaussian observation with the latent variables integrated out on a grid of standard normals."""
    weights = _normal(GRID, 0.0, 1.0) * (GRID[1] - GRID[0])
    match kind:
        case "plain":
            return float(weights @ _normal(x, w * GRID + b, sigma))
        case "prior":
            return float(weights @ _normal(x, w * (m + s * GRID) + b, sigma))
        case "two":
            means = w * GRID[:, None] + v * GRID[None] + b
            return float(weights @ _normal(x, means, sigma) @ weights)
        case "chain":
            means = w * (v * GRID[:, None] + s * GRID[None]) + b
            return float(weights @ _normal(x, means, sigma) @ weights)
    chances = {"sign": [0.5, 0.5], "switch": [r, 1 - r], "spread": [0.5, 0.5]}[kind]
    middles = {"sign": [b + w, b - w], "switch": [b + w, b], "spread": [b, b]}[kind]
    deviations = [sigma, w * sigma if kind == "spread" else sigma]
    return float(sum(c * _normal(x, a, d) for c, a, d in zip(chances, middles, deviations, strict=True)))


def drawn_gaussian(
    kind: str, x0: float, w0: float, b0: float, sigma0: float, m0: float, s0: float, v0: float, r0: float
) -> float:  # fmt: skip
    """The logarithm of `gaussian` at drawn numbers."""
    return float(np.log(gaussian(kind, *(float(value) for value in (x0, w0, b0, sigma0, m0, s0, v0, r0)))))


def _normal(x: float | Array, mean: float | Array, deviation: float) -> Array:
    return np.asarray(np.exp(-(((x - mean) / deviation) ** 2) / 2) / (deviation * np.sqrt(2 * np.pi)))


def table(form: str, L: Array, p: Array, l: Array) -> Array:  # noqa: E741
    """What `form` names, for likelihoods L (N, K), a prior p (K,) and likelihoods l (K,) of one more observation.

    'own', 'mean': log evidence where each observation has its own z, from all K^N assignments; 'shared': one z for all.
    """
    joint = np.array([p[k] * prod(L[:, k]) for k in range(len(p))])
    if form == "shared":
        return np.asarray(np.log(joint.sum()))
    if form == "posterior":
        return np.asarray(joint / joint.sum())
    if form == "next":
        return np.asarray(sum(joint[k] * l[k] for k in range(len(p))) / joint.sum())
    if form == "each":
        return np.stack([[row[k] * p[k] / (row @ p) for k in range(len(p))] for row in L])
    assignments = np.ones(1)
    for row in L:
        assignments = np.multiply.outer(assignments, row * p).ravel()
    total = np.log(assignments.sum())
    return np.asarray(total / len(L) if form == "mean" else total)


def coins(case: str, h: Array, c: Array, n: int, k: int) -> float:
    """What `case` asks about n tosses, the first k of them heads, of coins with chances h and prior weights c."""
    prior, chances = np.asarray(c, float) / float(np.sum(c)), np.asarray(h, float)
    tosses = np.array([1] * int(k) + [0] * (int(n) - int(k)))
    L = np.stack([chances if toss else 1 - chances for toss in tosses])
    if case in ("own", "shared"):
        return float(np.exp(table(case, L, prior, chances)))
    if case == "first":
        return float(table("posterior", L, prior, chances)[0])
    return float(table("next", L, prior, chances))
