"""Steps of gradient descent with weight decay, run one by one with torch's optimiser."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf


def many_steps(w: Array, g: Array, eta: float, rho: float, t: float, halves: float, asked: str) -> Array:
    """Weights (D,) after t steps on a loss with the constant gradient g ('forced') or 0 ('free') and a penalty.

    The penalty is rho*|w|^2/halves; it is differentiated by autograd in each step.
    """
    import torch

    weights, slope = leaf(w), constant(g) if asked == "forced" else constant(np.zeros_like(w))
    optimiser = torch.optim.SGD([weights], lr=float(eta))
    for _ in range(round(t)):
        weights.grad = slope + constant(gradient(rho * weights.square().sum() / halves, weights))
        optimiser.step()
    return array(weights)


def many_steps_number(W: float, G: float, e: float, r: float, T: int, halves: float, asked: str) -> float:
    """`many_steps` of a single drawn weight."""
    return float(many_steps(np.array([float(W)]), np.array([float(G)]), e, r, T, halves, asked)[0])


def matching_setting(rho: float, halves: float) -> float:
    """The `weight_decay` with which SGD takes the steps of the penalty rho*|w|^2/halves, measured on one step."""
    import torch

    start = np.array([1.7])
    probe = leaf(start)
    probe.grad = constant([0.0])
    torch.optim.SGD([probe], lr=0.01, weight_decay=1.0).step()
    moved = start - array(probe)  # by weight_decay 1
    wanted = start - many_steps(start, np.zeros(1), 0.01, rho, 1, halves, "free")
    return float((wanted / moved)[0])
