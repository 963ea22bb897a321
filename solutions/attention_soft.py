"""Soft attention by torch, position by position: what is read, and its gradients.

K (N, D) keys, V (N, C) values, q (D,) query, W (D, D), tau a temperature, m (N,) counts of the positions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor
    from torch.distributions import Categorical


def read(K: Array, V: Array, q: Array, W: Array, tau: float, m: Array, rule: str) -> Array:
    """The vector (C,) that is read: a distribution over the positions by `rule`, then its expectation."""
    weights = _weights(K, q, W, float(tau), m, rule)
    return array(sum((p * row for p, row in zip(weights.probs, constant(V), strict=True)), constant(0.0)))


def drawn_weight(K0: Array, q0: Array, W0: Array, m0: Array, rule: str, j: int) -> float:
    """The weight of position j in drawn numbers; the temperature is 2."""
    return float(_weights(K0, q0, W0, 2.0, m0, rule).probs[int(j)])


def drawn_read(K0: Array, V0: Array, q0: Array, W0: Array, m0: Array, rule: str, c: int) -> float:
    """Entry c of what is read, in drawn numbers; the temperature is 2."""
    return float(read(K0, V0, q0, W0, 2.0, m0, rule)[int(c)])


def memory_gradient(K: Array, V: Array, X: Array, q: Array, u: Array, c: Array, use: str, f: float) -> Array:
    """dL/dX (N, D) where u (D,) arrives at what is read; the scores are f times keys times q, plus c (N,).

    use: 'values' (the keys are K), 'keys' (the values are V) or 'both', the part that X plays.
    """
    memory = leaf(X)
    keys = constant(K) if use == "values" else memory
    values = constant(V) if use == "keys" else memory
    return _pull(float(f) * (keys @ constant(q)) + constant(c), values, u, memory)


def drawn_score_gradient(n: Array, M0: Array, u0: Array, k: int) -> float:
    """dL/da[k] at the softmax's input for the values M0 (3, 2), at a = log n."""
    a = leaf(np.log(np.asarray(n, dtype=float)))
    return float(_pull(a, constant(M0), u0, a)[int(k)])


def drawn_entry_gradient(n: Array, M0: Array, u0: Array, q0: Array, k: int, j: int, use: str, f: float) -> float:
    """dL/dX[k, j] at the same place; the keys are such that the scores come out as log n."""
    memory = leaf(M0)
    moved = (memory - memory.detach()) @ constant(q0) * float(f)
    a = constant(np.log(np.asarray(n, dtype=float))) + (moved if use != "values" else 0 * moved)
    return float(_pull(a, memory if use != "keys" else memory.detach(), u0, memory)[int(k), int(j)])


def attend(X: Array, q: Array, u: Array) -> tuple[Array, Array, Array]:
    """v (D,), dL/dX (N, D) and dL/dq (D,) for a = X q / sqrt(D), v = X' softmax(a); u (D,) arrives at v."""
    import torch

    x, query = leaf(X), leaf(q)
    v = forward(x, query)
    dX, dq = torch.autograd.grad(v, (x, query), constant(u))
    return array(v), array(dX), array(dq)


def forward(X: Tensor, q: Tensor) -> Tensor:
    """v of `attend`, on tensors."""
    import torch

    read: Tensor = torch.softmax(X @ q / X.shape[1] ** 0.5, 0) @ X
    return read


def _weights(K: Array, q: Array, W: Array, tau: float, m: Array, rule: str) -> Categorical:
    import torch

    def score(key: Tensor, count: Tensor) -> Tensor:
        query = constant(q)
        match rule:
            case "scaled":
                return torch.dot(key, query / constant(float(len(query))).sqrt())
            case "temperature":
                return torch.dot(key, query) / tau
            case "bilinear":
                return torch.dot(key, constant(W) @ query)
            case "distance":
                return -torch.dot(key - query, key - query) / 2
            case "counted":
                return torch.dot(key, query) + count.log()
            case _:
                return torch.dot(key, query)

    scores = [score(key, count) for key, count in zip(constant(K), constant(m), strict=True)]
    return torch.distributions.Categorical(logits=torch.stack(scores))


def _pull(a: Tensor, values: Tensor, u0: Array, target: Tensor) -> Array:
    import torch

    loss = (torch.softmax(a, 0) @ values) @ constant(u0)
    return array(torch.autograd.grad(loss, target)[0])
