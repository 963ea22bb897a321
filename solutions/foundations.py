"""Networks as compositions: gradients through two layers, through a branching graph, and chances of a search.

x (D,) input; W1 (H, D), b1 (H,) first layer; W2 (K, H), b2 (K,) second; t (K,) target distribution
"""

from __future__ import annotations

from solutions.arrays import Array, activation, constant, gradient, leaf


def hidden_gradient(x: Array, W1: Array, b1: Array, W2: Array, b2: Array, t: Array, f: str) -> Array:
    """dL/dz (H,) at the hidden pre-activation z, f its activation; softmax and cross-entropy on top."""
    import torch

    linear = torch.nn.functional.linear
    z = leaf(linear(constant(x), constant(W1), constant(b1)).numpy())
    scores = linear(activation(f)(z), constant(W2), constant(b2))
    return gradient(torch.nn.functional.cross_entropy(scores, constant(t), reduction="sum"), z)


def twice_used(x: Array, w: Array, g: Array, node: str) -> Array:
    """dL/dx (D,) of a node that uses x twice, elementwise; upstream g (D,).

    node: 'shifted' is x*(w + x), 'growing' is x*exp(w*x), 'gated' is x*sigmoid(w*x).
    """
    import torch

    values, weight = leaf(x), constant(w)
    nodes = {
        "shifted": lambda: values * (weight + values),
        "growing": lambda: values * torch.exp(weight * values),
        "gated": lambda: values * torch.sigmoid(weight * values),
    }
    return gradient(nodes[node](), values, g)


def chance_to_hit(n: int, percent: int) -> float:
    """Chance that one of n independent trials lands in the best `percent` per cent, trial by trial."""
    import torch

    tries = torch.full((int(n),), float(percent) / 100, dtype=torch.float64)
    return 1 - float(torch.prod(1 - tries))
