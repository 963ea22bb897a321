"""References for code that sums over all states or over a table: undirected models and the bound, by PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def pair_model(X: Array, W: Array, b: Array) -> tuple[Array, Array, Array]:
    """log_p, the mean log-probability (), and dW (D, D), db (D,), its gradients, for p(x) ~ exp(x W x/2 + b x).

    X (N, D) data of zeros and ones; all 2^D vectors are listed.
    """
    import torch

    weights, bias, rows, size = leaf(W), leaf(b), constant(X), X.shape[1]
    every = constant((np.arange(2**size)[:, None] >> np.arange(size)) & 1)

    def score(x: Any) -> Any:
        return torch.einsum("ni,ij,nj->n", x, weights, x) / 2 + x @ bias

    mean = (score(rows) - torch.logsumexp(score(every), dim=0)).mean()
    dW, db = torch.autograd.grad(mean, (weights, bias))
    return array(mean), array(dW), array(db)


def pair_model_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `pair_model`: symmetric W with any diagonal."""
    draw, calls = np.random.default_rng([seed, 12]), []
    for n, d in ((4, 2), (6, 4), (3, 3)):
        W = draw.normal(size=(d, d))
        X = (draw.random((n, d)) < 0.5).astype(float)
        calls.append({"X": X, "W": W + W.T, "b": draw.normal(size=d)})
    return calls


def large_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `pair_model` with scores in the thousands."""
    draw = np.random.default_rng([seed, 13])
    W = 900 * draw.normal(size=(3, 3))
    return [{"X": np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]]), "W": W + W.T, "b": 500 * draw.normal(size=3)}]


def bound(L: Array, p: Array, Q: Array) -> tuple[Array, Array]:
    """F, the bound on the log-evidence of N observations, and gap, what it misses; by torch's distributions.

    L (N, K) log-likelihoods, p (K,) prior, Q (N, K) approximate posteriors whose rows add up to 1, zeros allowed.
    """
    import torch

    prior, rows, log_like = constant(p), constant(Q), constant(L)
    entropy = torch.special.entr(rows).sum()
    found = (rows * (log_like + prior.log())).sum() + entropy
    exact = torch.logsumexp(log_like + prior.log(), dim=1).sum()
    return array(found), array(exact - found)


def bound_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `bound`; some entries of Q are 0, some log-likelihoods are far below what exp can hold."""
    draw, calls = np.random.default_rng([seed, 14]), []
    for n, k in ((3, 2), (5, 4), (2, 3)):
        Q = draw.dirichlet(np.ones(k), size=n)
        Q[0] = np.eye(k)[int(draw.integers(k))]
        calls.append({"L": 3 * draw.normal(size=(n, k)) - 2, "p": draw.dirichlet(2 * np.ones(k)), "Q": Q})
    return calls


def deep_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `bound` whose likelihoods are 0 as floating-point numbers."""
    draw = np.random.default_rng([seed, 15])
    L = np.array([[-900.0, -905.0, -1200.0], [-2000.0, -1999.0, -1998.5]])
    return [{"L": L, "p": draw.dirichlet(2 * np.ones(3)), "Q": draw.dirichlet(np.ones(3), size=2)}]
