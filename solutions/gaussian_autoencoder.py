"""A small variational auto-encoder by PyTorch: what a code question is compared with, and its inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def vae_bound(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> tuple[Array, Array, Array]:
    """Samples Z (N, D), bounds F (N,) with one sample for each row of X (N, P), gradient dV (D, P) of their mean.

    A, B (P, D): encoder of means and log-variances; V (D, P), c (P,): decoder of logits; E (N, D): noise.
    """
    import torch

    law: Any = torch.distributions
    rows, weights = constant(X), leaf(V)
    q = law.Normal(rows @ constant(A), (rows @ constant(B) / 2).exp())
    Z = q.loc + q.scale * constant(E)
    logits = Z @ weights + constant(c)
    signs = 2 * rows - 1
    fit = torch.nn.functional.logsigmoid(signs * logits).sum(1)
    F = fit - law.kl_divergence(q, law.Normal(0.0, 1.0)).sum(1)
    (dV,) = torch.autograd.grad(F.mean(), weights)
    return array(Z), array(F), array(dV)


def vae_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `vae_bound`."""
    draw = np.random.default_rng([seed, 21])
    return [_call(draw, *sizes) for sizes in ((1, 3, 2), (4, 5, 2), (6, 4, 3))]


def vae_extreme(seed: int) -> list[dict[str, Any]]:
    """Calls with logits up to some thousands in size."""
    call = _call(np.random.default_rng([seed, 22]), 3, 4, 2)
    return [{**call, "V": 800 * call["V"], "c": np.array([900.0, -900.0, 0.0, 50.0])}]


def _call(draw: np.random.Generator, n: int, p: int, d: int) -> dict[str, Any]:
    return {
        "X": (draw.random((n, p)) < 0.5).astype(float), "A": draw.normal(size=(p, d)),
        "B": draw.normal(size=(p, d)) / 2 - 0.3, "V": draw.normal(size=(d, p)), "c": draw.normal(size=p),
        "E": draw.normal(size=(n, d)),
    }  # fmt: skip
