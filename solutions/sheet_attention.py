"""Second roads to formulas of the sheet on attention: Jacobians, distributions and enumeration by torch, sampling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions import attention_baselines, attention_jacobians, attention_scaling, attention_sensitivity
from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

DRAWS = 50_000


def network_jacobian(A: Array, B: Array, x: Array) -> Array:
    """The Jacobian (K, D) of B tanh(A x) by x, one backward pass a row."""
    size = len(B)
    passes = (attention_jacobians.pulled(A, B, 0 * B @ A, x, e, e, np.ones(size), "tanh", "plain", "row")
              for e in np.eye(size))  # fmt: skip
    return np.stack(list(passes))


def sequential_jacobian(W: Array, U: Array, B: Array, x1: Array, x2: Array, x3: Array) -> Array:
    """The Jacobian (K, D) of the output after three steps from the state 0 by the first input."""
    x = np.stack([x1, x2, x3])
    rows = [attention_sensitivity.sequential_jacobian(W, U, B, x, 2, k)[0][0] for k in range(len(B))]
    return np.stack(rows)


def glimpse_distribution(a: Array) -> Array:
    """The probabilities (N,) that torch's Categorical has for scores a."""
    import torch

    return array(torch.distributions.Categorical(logits=constant(a)).probs)


def gaussian_log_slope(mu: Array, sigma: float, z: Array) -> Array:
    """The gradient (2,) of the log-density of a Gaussian place z by its mean, by torch's Normal."""
    import torch

    mean = leaf(mu)
    density = torch.distributions.Normal(mean, sigma).log_prob(constant(z)).sum()  # type: ignore[no-untyped-call]
    return array(torch.autograd.grad(density, mean)[0])


def sampled_score_gradient(a: Array, l: Array) -> Array:  # noqa: E741
    """The mean (N,) of R grad log P over sampled glimpses with the reward R = -l, one drawn in each of equal strata."""
    p, draw = glimpse_distribution(a), np.random.default_rng(0)
    strata = (np.arange(DRAWS) + draw.random(DRAWS)) / DRAWS
    taken = np.minimum(np.searchsorted(np.cumsum(p), strata), len(p) - 1)
    slopes = np.eye(len(p)) - p
    estimate: Array = (-l[taken, None] * slopes[taken]).mean(0)
    return estimate


def enumerated_mean(a: Array, R: Array, b: float) -> Array:
    """The mean (N,) over all glimpses of (R - b) grad log P, with log P differentiated by torch."""
    import torch

    scores = leaf(a)
    logs = torch.log_softmax(scores, 0)
    rows = [array(torch.autograd.grad(entry, scores, retain_graph=True)[0]) for entry in logs]
    total: Array = sum((p * (r - b) * row for p, r, row in zip(array(logs.exp()), R, rows, strict=True)), 0 * a)
    return total


def estimate_variance(p: Array, k: Array, R: Array, b: float) -> float:
    """The variance of (R - b) d log P / d theta where theta enters the scores times k (N,), by enumeration."""
    return attention_baselines.first(p, k, R, b, 1.0, 1.0, 1.0, "reward", "plain", "variance")


def best_baseline(p: Array, k: Array, R: Array) -> float:
    """The vertex of the parabola of these variances."""
    return attention_baselines.best(p, k, R, 1.0, 1.0, 1.0, "reward", "plain")


def window_weights(mu: float, sigma: float, c: Array) -> Array:
    """Densities of torch's Normal at the positions c (N,), divided by their sum."""
    import torch

    density = torch.distributions.Normal(float(mu), float(sigma)).log_prob(constant(c)).exp()  # type: ignore[no-untyped-call]
    weights: Array = array(density / density.sum())
    return weights


def read(X: Array, q: Array) -> Array:
    """What torch's attention without scaling reads with the query q from keys and values X (N, D)."""
    (row,) = _attention(q[None], X, X, 1.0)
    found: Array = row
    return found


def scaled_attention(Q: Array, K: Array, V: Array) -> Array:
    """Torch's own scaled dot-product attention (M, C)."""
    return _attention(Q, K, V, None)


def score_variance(d: float, s: float, r: float) -> float:
    """The variance of a dot product of d independent pairs with variances s and r, by quadrature."""
    return attention_scaling.variance(round(d), s, r, 0.0, 0.0, "plain")


def _attention(Q: Array, K: Array, V: Array, scale: float | None) -> Array:
    import torch

    queries, keys, values = (constant(part)[None] for part in (Q, K, V))
    found: Tensor = torch.nn.functional.scaled_dot_product_attention(queries, keys, values, scale=scale)
    return array(found[0])
