"""EM for mixtures and a gradient E step in PyTorch: what code questions are compared with, and their inputs.

x (N,)  data, in batches (T, B)      w (K,)  weights, they sum to 1      mu, var (K,)  means and variances
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def em_step(x: Array, w: Array, mu: Array, var: Array) -> tuple[Array, Array, Array, Array]:
    """New weights, means and variances (K,) after one round of EM, and the log evidence at the old ones.

    Responsibilities are the slopes of the evidence; moments come from least squares with them.
    """
    import torch

    spread = constant(var)
    logs = leaf(
        array(
            constant(w).log()
            - (2 * np.pi * spread).log() / 2
            - (constant(x)[:, None] - constant(mu)) ** 2 / (2 * spread)
        )
    )
    evidence = torch.logsumexp(logs, 1).sum()
    (r,) = torch.autograd.grad(evidence, logs)
    means = torch.einsum("nk,n->k", r, constant(x)) / r.sum(0)
    gaps = constant(x).unsqueeze(1) - means
    return array(r.mean(0)), array(means), array((r * gaps**2).sum(0) / r.sum(0)), array(evidence)


def online_em(x: Array, w: Array, mu: Array, rates: Array) -> tuple[Array, Array]:
    """Weights and means (T, K) after each batch of x (T, B), with running averages of the sufficient statistics."""
    import torch

    weights, means, rows = constant(w), constant(mu), []
    counts, sums = weights.clone(), weights * means
    for batch, rate in zip(constant(x), rates, strict=True):
        r = torch.softmax(weights.log() - (batch[:, None] - means) ** 2 / 2, 1)
        counts = torch.lerp(counts, r.mean(0), float(rate))
        sums = torch.lerp(sums, (r * batch[:, None]).mean(0), float(rate))
        weights, means = counts, sums / counts
        rows.append((weights, means))
    return array(torch.stack([row[0] for row in rows])), array(torch.stack([row[1] for row in rows]))


def gradient_e_step(scores: Array, prior: Array, phi: Array, eta: float, steps: int) -> tuple[Array, Array]:
    """Logits phi (T, N, K) of q after each step of ascent on the bound, and the bound F (T,) there.

    scores (N, K): log p(x_n | k). prior (K,): p(k).
    """
    import torch

    logits, path, bounds = leaf(phi), [], []
    joint = constant(scores) + constant(prior).log()
    for _ in range(int(steps)):
        (slope,) = torch.autograd.grad(_bound(logits, joint), logits)
        logits = (logits + float(eta) * slope).detach().requires_grad_()
        path.append(array(logits))
        bounds.append(array(_bound(logits, joint)))
    return np.stack(path), np.stack(bounds)


def _bound(logits: Any, joint: Any) -> Any:
    logq = logits.log_softmax(1)
    return (logq.exp() * (joint - logq)).sum()


def em_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `em_step`; one with points far from all means."""
    draw, calls = np.random.default_rng([seed, 11]), []
    for n, k, far in ((6, 2, 0.0), (9, 3, 0.0), (5, 2, 90.0), (4, 3, 0.0)):
        x = draw.normal(size=n) * 2 + far * (np.arange(n) == n - 1)
        w = draw.dirichlet(np.ones(k) * 4)
        calls.append({"x": x, "w": w, "mu": draw.normal(size=k) * 2, "var": draw.uniform(0.5, 3, size=k)})
    return calls


def online_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `online_em`."""
    draw, calls = np.random.default_rng([seed, 12]), []
    for t, b, k in ((3, 4, 2), (4, 2, 3), (5, 1, 2)):
        rates = 1 / (np.arange(t) + 2.0) ** 0.7
        mu = np.linspace(-1.5, 1.5, k)
        calls.append({"x": draw.normal(size=(t, b)) * 2, "w": draw.dirichlet(np.ones(k) * 4), "mu": mu, "rates": rates})
    return calls


def e_step_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `gradient_e_step`."""
    draw, calls = np.random.default_rng([seed, 13]), []
    for n, k, steps in ((2, 3, 3), (4, 2, 4), (1, 4, 2)):
        calls.append({
            "scores": -draw.uniform(0, 4, size=(n, k)), "prior": draw.dirichlet(np.ones(k) * 3),
            "phi": draw.normal(size=(n, k)), "eta": float(draw.uniform(0.2, 1)), "steps": steps,
        })  # fmt: skip
    return calls
