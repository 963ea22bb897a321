"""References for code on generative models, by PyTorch, and the calls that they are compared on."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def log_evidence(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> Array:
    """Estimates (N,) of log p(x_n) from z (N, S) drawn from normal proposals; x given z ~ N(w z + b, sigma^2).

    x (N,) observations; m, s (N,) means and standard deviations of the proposals.
    """
    import torch

    draws = constant(z)
    joint = _log_normal(constant(x)[:, None], w * draws + b, constant(sigma)) + _log_normal(
        draws, constant(0.0), constant(1.0)
    )
    weights = joint - _log_normal(draws, constant(m)[:, None], constant(s)[:, None])
    return array(torch.logsumexp(weights, dim=1) - float(np.log(z.shape[1])))


def _log_normal(x: Any, mean: Any, deviation: Any) -> Any:
    return -(((x - mean) / deviation) ** 2) / 2 - deviation.log() - float(np.log(2 * np.pi)) / 2


def log_evidence_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `log_evidence`: proposals near the posterior, and others."""
    draw, calls = np.random.default_rng([seed, 7]), []
    for n, samples in ((3, 5), (5, 8), (1, 3)):
        call = {
            "x": 2 * draw.normal(size=n), "z": draw.normal(size=(n, samples)), "m": 0.5 * draw.normal(size=n),
            "s": draw.uniform(0.5, 1.5, size=n),
        }  # fmt: skip
        scalars = {"w": float(draw.uniform(0.5, 2)), "b": float(draw.normal()), "sigma": float(draw.uniform(0.5, 1.5))}
        calls.append({**call, **scalars})
    return calls


def far_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `log_evidence` with observations so far off that every density is 0 as a float."""
    draw = np.random.default_rng([seed, 8])
    call = {"x": np.array([90.0, -120.0]), "z": draw.normal(size=(2, 4)), "m": np.zeros(2), "s": np.ones(2)}
    return [{**call, "w": 1.0, "b": 0.5, "sigma": 0.7}]


def log_prob(X: Array, W: Array, b: Array) -> Array:
    """log p (N,) of binary rows of X (N, D): entry i is 1 with chance sigmoid(b_i + sum over j < i of W_ij x_j)."""
    import torch

    rows, total = constant(X), torch.zeros(len(X), dtype=torch.float64)
    for i in range(X.shape[1]):
        logits = constant(b)[i] + rows[:, :i] @ constant(W)[i, :i]
        total = total - torch.nn.functional.softplus(torch.where(rows[:, i] > 0.5, -logits, logits))
    return array(total)


def sample(U: Array, W: Array, b: Array) -> Array:
    """Binary rows (N, D), entry by entry: 1 where the uniform number U (N, D) lies below the entry's probability."""
    import torch

    drawn = torch.zeros(U.shape, dtype=torch.float64)
    for i in range(U.shape[1]):
        chance = torch.sigmoid(constant(b)[i] + drawn[:, :i] @ constant(W)[i, :i])
        drawn[:, i] = (constant(U)[:, i] < chance).double()
    return array(drawn)


def log_prob_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `log_prob`; W is full, and only its entries below the diagonal are to be used."""
    draw, calls = np.random.default_rng([seed, 9]), []
    for n, d in ((4, 3), (6, 5), (3, 2)):
        rows = (draw.random((n, d)) < 0.5).astype(float)
        rows[0] = 1.0
        calls.append({"X": rows, "W": 1.5 * draw.normal(size=(d, d)), "b": draw.normal(size=d)})
    return calls


def sample_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `sample`, with strong weights so that earlier entries matter."""
    draw, calls = np.random.default_rng([seed, 10]), []
    for n, d in ((12, 3), (15, 5), (10, 4)):
        calls.append({"U": draw.random((n, d)), "W": 4 * draw.normal(size=(d, d)), "b": draw.normal(size=d)})
    return calls


def steep_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `log_prob` with logits in the hundreds."""
    draw = np.random.default_rng([seed, 11])
    rows = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    return [{"X": rows, "W": 900 * draw.normal(size=(3, 3)), "b": np.array([800.0, -900.0, 700.0])}]
