"""Second roads for the sheet of networks and back-propagation: torch's layers, losses and steps, and counting.

x  (D,)  input      V (H, D), W (K, H)  weights of two layers      t  target
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf
from solutions.graphs import backward_cost, counted


def signed_loss(z: Array, y: Array) -> Array:
    """The binary cross-entropies (N,) of scores z for labels y in 0 and 1, by torch."""
    import torch

    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    return array(entropy(constant(z), constant(y), reduction="none"))


def parameters(D: float, H: float, K: float) -> int:
    """Parameters of a torch network with one hidden layer."""
    return counted(round(D), round(H), round(K), 1)


def multiplications(D: float, H: float, K: float) -> int:
    """Multiplications from the upstream gradient to the input of such a network, counted."""
    return backward_cost(round(D), round(H), round(K))


def lower_weights(x: Array, V: Array, W: Array, t: Array, eta: float) -> Array:
    """V (H, D) after one step of torch's SGD on both layers; tanh between them, half the squared error on top."""
    import torch

    lower, upper = leaf(V), leaf(W)
    optimiser = torch.optim.SGD([lower, upper], lr=float(eta))
    output = upper @ torch.tanh(lower @ constant(x))
    loss = torch.nn.functional.mse_loss(output, constant(t), reduction="sum") / 2
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return array(lower)


def chance_of_a_hit(q: float, n: float) -> float:
    """The chance that one of n independent trials lies within the best share q, trial by trial."""
    missed, hit = 1.0, 0.0
    for _ in range(round(n)):
        hit, missed = hit + missed * q, missed * (1 - q)
    return hit


def trials(q: float, P: float) -> int:
    """The fewest trials that hit with a chance of P or more, found by adding one at a time."""
    n, missed = 1, 1 - q
    while 1 - missed < P:
        n, missed = n + 1, missed * (1 - q)
    return n


def grid_points(v: float, d: float) -> int:
    """Points of the full grid of v values on each of d axes, counted on the grid."""
    return int(np.indices((round(v),) * round(d)).reshape(round(d), -1).shape[1])


def log_uniform(u: float, a: float, b: float) -> float:
    """The quantile u of the log-uniform distribution from 10**a to 10**b, by torch's distributions."""
    import torch

    distributions: Any = torch.distributions
    exponent = distributions.Uniform(constant(a), constant(b), validate_args=False)
    tens = distributions.AffineTransform(0.0, math.log(10.0))
    rate = distributions.TransformedDistribution(exponent, [tens, distributions.ExpTransform()], validate_args=False)
    return float(rate.icdf(constant(u)))
