"""Monte Carlo gradients in PyTorch: what code questions are compared with, and their inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def sampled_gradients(mu: Array, rho: Array, eps: Array, A: Array, b: Array) -> tuple[Array, Array, Array, Array]:
    """Pathwise gradients by mu and rho (D,), then score-function gradients with a leave-one-out baseline.

    z = mu + exp(rho)*eps for each row of eps (K, D); f(z) = z A z/2 + b z with a symmetric A (D, D).
    """
    import torch

    centre, scale, K = leaf(mu), leaf(rho), len(eps)
    z = centre + scale.exp() * constant(eps)
    values = torch.einsum("kd,de,ke->k", z, constant(A), z) / 2 + z @ constant(b)
    path = torch.autograd.grad(values.mean(), (centre, scale))
    fixed = values.detach()
    weights = fixed - (fixed.sum() - fixed) / (K - 1)
    logq = (-scale - ((z.detach() - centre) / scale.exp()) ** 2 / 2).sum(1)
    score = torch.autograd.grad((weights * logq).mean(), (centre, scale))
    return array(path[0]), array(path[1]), array(score[0]), array(score[1])


def sampled_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `sampled_gradients`."""
    draw, calls = np.random.default_rng([seed, 21]), []
    for k, d in ((5, 3), (2, 2), (8, 1), (4, 4)):
        A = draw.normal(size=(d, d))
        calls.append({
            "mu": draw.normal(size=d), "rho": draw.uniform(-1, 0.5, size=d), "eps": draw.normal(size=(k, d)),
            "A": (A + A.T) / 2, "b": draw.normal(size=d),
        })  # fmt: skip
    return calls


def doubly_stochastic(x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array) -> tuple[float, Array]:
    """Estimated gradients of the bound by theta (a number) and by mu (N,), from a minibatch with K samples each.

    x, mu, sigma (N,): data, means and deviations of q. batch (M,): which points. eps (M, K): their noise.
    """
    import torch

    places = torch.tensor(np.asarray(batch, dtype=np.int64))
    slope, means = leaf(theta), leaf(mu)
    z = means[places, None] + constant(sigma)[places, None] * constant(eps)
    fit = -((constant(x)[places, None] - slope * z) ** 2).mean(1) / 2
    kl = (means[places] ** 2 + constant(sigma)[places] ** 2 - 1) / 2 - constant(sigma)[places].log()
    found = torch.autograd.grad((fit - kl).mean() * len(x), (slope, means))
    return float(found[0]), array(found[1])


def doubly_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `doubly_stochastic`: minibatches without repetition, in any order."""
    draw, calls = np.random.default_rng([seed, 22]), []
    for n, m, k in ((7, 3, 2), (5, 2, 4), (6, 6, 1), (9, 1, 3)):
        calls.append({
            "x": draw.normal(size=n) * 2, "mu": draw.normal(size=n), "sigma": draw.uniform(0.3, 1.2, size=n),
            "theta": float(draw.normal()), "batch": draw.permutation(n)[:m], "eps": draw.normal(size=(m, k)),
        })  # fmt: skip
    return calls
