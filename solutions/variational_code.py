"""Variational inference by PyTorch: what code questions are compared with, and their inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def kl_to_prior(mu: Array, logvar: Array, weight: float) -> tuple[Array, Array, Array]:
    """kl (N,) to N(0, I), and the gradients (N, D) of weight times its mean by mu and logvar."""
    import torch

    law: Any = torch.distributions
    means, logs = leaf(mu), leaf(logvar)
    kl = law.kl_divergence(law.Normal(means, (logs / 2).exp()), law.Normal(0.0, 1.0)).sum(1)
    dmu, dlogvar = torch.autograd.grad(float(weight) * kl.mean(), (means, logs))
    return array(kl), array(dmu), array(dlogvar)


def mean_field(P: Array, q1: Array, q2: Array, sweeps: int) -> tuple[Array, Array, Array]:
    """Factors q1 (K,) and q2 (J,) after the sweeps, q1 first, and the bound (T,) after each sweep.

    P (K, J): p(x, z1, z2) for the observed x.
    """
    import torch

    logs, first, second = constant(P).log(), constant(q1), constant(q2)
    bounds = []
    for _ in range(int(sweeps)):
        first = torch.softmax(torch.einsum("kj,j->k", logs, second), 0)
        second = torch.softmax(torch.einsum("kj,k->j", logs, first), 0)
        joint = first[:, None] * second[None, :]
        bounds.append((joint * logs).sum() + torch.special.entr(joint).sum())
    return array(first), array(second), array(torch.stack(bounds))


def mean_field_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `mean_field`."""
    draw, calls = np.random.default_rng([seed, 11]), []
    for k, j, sweeps in ((2, 2, 1), (3, 2, 4), (2, 5, 3), (4, 3, 6)):
        P = np.exp(1.5 * draw.normal(size=(k, j)))
        start = [draw.dirichlet(np.ones(size)) for size in (k, j)]
        calls.append({"P": P / P.sum() / 3, "q1": start[0], "q2": start[1], "sweeps": sweeps})
    return calls


def poisson_fit(x: Array, m: float, s: float, rate: float, steps: int) -> tuple[Array, Array]:
    """The path (T, 2) of (m, s), and the bound (T,) at each, by gradient ascent for q = N(m, exp(2 s)).

    Model: z ~ N(0, 1); each count in x (N,) is Poisson with the mean exp(z); log x! is left out.
    """
    import torch

    counts, path, bounds = constant(x), [], []
    at = leaf([float(m), float(s)])
    for _ in range(int(steps)):
        (slope,) = torch.autograd.grad(_poisson_bound(at, counts), at)
        at = (at.detach() + float(rate) * slope).requires_grad_()
        path.append(array(at))
        bounds.append(float(_poisson_bound(at.detach(), counts)))
    return np.stack(path), np.array(bounds)


def _poisson_bound(at: Any, counts: Any) -> Any:
    import torch

    law: Any = torch.distributions
    q = law.Normal(at[0], at[1].exp())
    rate = law.LogNormal(at[0], at[1].exp()).mean
    return counts.sum() * at[0] - len(counts) * rate - law.kl_divergence(q, law.Normal(0.0, 1.0))


def poisson_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `poisson_fit`."""
    draw, calls = np.random.default_rng([seed, 12]), []
    for n, steps in ((1, 1), (3, 4), (5, 6)):
        start = {"m": float(draw.normal() / 2), "s": float(draw.uniform(-1, 0.2))}
        calls.append({"x": draw.poisson(1.5, size=n).astype(float), **start, "rate": 0.01, "steps": steps})
    return calls
