"""Second roads for the sheet on convolutional networks: starts, deep chains, batch normalisation and residual blocks.

n, m  inputs and outputs of a unit      a  slope of a leaky ReLU below 0      c  largest slope of an activation
"""

from __future__ import annotations

from itertools import product

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.initialisation import mean_square, xavier_scale
from solutions.rectifiers import square_mean, steady_variance


def steepest_chain(w: Array, c: float, G: float) -> float:
    """|dL/dx_0| of a chain of scalar layers c tanh(w x), each where it is steepest; |dL/dx| is G at its end."""
    x = leaf([0.0])
    y = x
    for weight in w:
        y = float(c) * (float(weight) * y).tanh()
    return float(np.abs(gradient(y, x, [float(G)]))[0])


def output_variance(x: Array, s: float) -> float:
    """The mean of (w.x)^2 over all weights w whose entries are s or -s."""
    signs = np.array(list(product((-s, s), repeat=len(x))))
    return float(np.mean((signs @ x) ** 2))


def after_layers(D: int, s: float, K: int, q: float) -> float:
    """Mean square after K linear layers D to D with weights of variance s^2; q at the input."""
    return mean_square("normal", "square", D, D, s, K, q)


def xavier_variance(n: int, m: int) -> float:
    """The variance that torch's Xavier initialisation gives a dense layer."""
    return xavier_scale("dense", "variance", n, m, 1)


def xavier_bound(n: int, m: int) -> float:
    """The bound of torch's uniform Xavier initialisation of a dense layer."""
    return xavier_scale("dense", "uniform", n, m, 1)


def he_variance(n: int, a: float) -> float:
    """The variance of weights with which n inputs through a leaky ReLU keep their mean square."""
    return steady_variance("leaky", "forward", n, n, a)


def half_square(v: float) -> float:
    """E[relu(z)^2] for z normal with mean 0 and variance v, by numerical integration."""
    return square_mean("relu", v, 0.0)


def normalised(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Batch normalisation in training mode of X (N, D), one example in each row."""
    from solutions.conv_layers import batch_norm

    return batch_norm(X, gamma, beta, epsilon)


def running_variance(x: Array, alpha: float, v_old: float) -> float:
    """torch's running variance after the batch x (m,), when it was v_old before."""
    import torch

    kept = constant([0.0]), constant([v_old])
    torch.nn.functional.batch_norm(constant(x)[:, None], *kept, training=True, momentum=float(alpha))
    return float(array(kept[1])[0])


def test_output(x: float, mu: float, v: float, gamma: float, beta: float, epsilon: float) -> float:
    """Batch normalisation at test time of the value x; mu, v: running statistics."""
    import torch

    kept, scale, shift = (constant([mu]), constant([v])), constant([gamma]), constant([beta])
    out = torch.nn.functional.batch_norm(constant([[x]]), *kept, scale, shift, training=False, eps=float(epsilon))
    return float(out)


def block(x: Array, U: Array, V: Array) -> Array:
    """The output (D,) of a residual block with two linear layers, built of torch modules."""
    return projected(x, np.eye(len(x)), U, V)


def projected(x: Array, W: Array, U: Array, V: Array) -> Array:
    """The output (M,) of a block whose shortcut is W (M, D), built of torch modules."""
    import torch

    layers = []
    for weight in (W, U, V):
        layer = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=False, dtype=torch.float64)
        layer.weight.data.copy_(constant(weight))
        layers.append(layer)
    shortcut, first, second = layers
    return array(shortcut(constant(x)) + torch.nn.Sequential(first, torch.nn.ReLU(), second)(constant(x)))
