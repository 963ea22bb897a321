"""Layers: outputs and gradients of single layers, by autograd.

x, z  (D,) or (K,)  input of a layer, logits      g  upstream gradient, in the shape of the layer's output
W, b  (K, D), (K,)  weights and bias              t  target distribution
"""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array, activation, array, constant, gradient, leaf


def cross_entropy_gradient(z: Array, t: Array) -> Array:
    """dL/dz (K,) of softmax with cross-entropy, t a distribution over the K classes."""
    import torch

    logits = leaf(z)
    return gradient(torch.nn.functional.cross_entropy(logits, constant(t), reduction="sum"), logits)


def dense_weight_gradient(x: Array, W: Array, b: Array, g: Array, f: str) -> Array:
    """dL/dW (K, D) of the layer f(Wx + b), f an activation's name."""
    import torch

    weights = leaf(W)
    output = activation(f)(torch.nn.functional.linear(constant(x), weights, constant(b)))
    return gradient(output, weights, g)


def dense_batch_gradient(X: Array, W: Array, G: Array) -> Array:
    """dL/dW (K, D) of the linear layer on a batch: X (N, D), upstream G (N, K)."""
    import torch

    weights = leaf(W)
    return gradient(torch.nn.functional.linear(constant(X), weights), weights, G)


def relu_backward(x: Array, g: Array) -> Array:
    """dL/dx, in the shape of x."""
    return _backward("relu", x, g)


def sigmoid_backward(x: Array, g: Array) -> Array:
    """dL/dx, in the shape of x."""
    return _backward("sigmoid", x, g)


def softmax_backward(z: Array, g: Array) -> Array:
    """dL/dz (N, C) of softmax over the last axis."""
    return _backward("softmax", z, g)


def softmax_vector_backward(x: Array, g: Array) -> Array:
    """dL/dx (K,) of softmax on one vector."""
    return _backward("softmax", x, g)


def steep_backward(f: str, x: Array, g: Array, c: float) -> Array:
    """dL/dx of y = f(c*x), f an activation's name."""
    values = leaf(x)
    return gradient(activation(f)(float(c) * values), values, g)


def leaky_relu_backward(x: Array, g: Array, leak: float) -> Array:
    """dL/dx of the leaky ReLU with slope `leak` below zero; with leak 0 it is the ReLU."""
    import torch

    values = leaf(x)
    return gradient(torch.nn.functional.leaky_relu(values, float(leak)), values, g)


def max_backward(x: Array, g: float) -> Array:
    """dL/dx (K,) of y = max(x) with a unique maximum and scalar upstream g."""
    values = leaf(x)
    return gradient(values.amax(), values, g)


def stable_form(big: float) -> str:
    """Name of the one form of log(sum(exp(x))) that is finite and right at x = (big, big - 1, big - 2).

    Each form is evaluated in float64; the right value is big + log(1 + 1/e + 1/e^2).
    """
    x = float(big) - np.arange(3.0)
    top = x.max()
    with np.errstate(over="ignore"):
        forms = {
            "naive": np.log(np.sum(np.exp(x))),
            "shifted": top + np.log(np.sum(np.exp(x - top))),
            "not-added-back": np.log(np.sum(np.exp(x - top))),
            "log-inside": top + np.sum(np.log(np.exp(x - top))),
        }
    truth = float(big) + math.log(1 + math.exp(-1) + math.exp(-2))
    (name,) = (name for name, value in forms.items() if abs(value - truth) < 1e-9 * truth)
    return name


def logsumexp(x: Array) -> float:
    """log(sum(exp(x))) of a vector, as torch computes it."""
    import torch

    return float(torch.logsumexp(constant(x), dim=-1))


def softmax(z: Array) -> Array:
    """softmax over the last axis, in the shape of z."""
    return array(activation("softmax")(constant(z)))


def _backward(f: str, x: Array, g: Array) -> Array:
    values = leaf(x)
    return gradient(activation(f)(values), values, g)


def cross_entropy(z: Array, t: Array) -> tuple[Array, Array]:
    """The mean over the batch of -sum(t*log softmax(z)), shape (), and its gradient at z (N, C); t (N, C) sums to 1."""
    import torch

    scores = leaf(z)
    loss = torch.nn.functional.cross_entropy(scores, constant(t))
    return array(loss), gradient(loss, scores)


def dense_backward(X: Array, W: Array, G: Array) -> tuple[Array, Array, Array]:
    """dL/dX (N, D), dL/dW (H, D), dL/db (H,) of X W.T + b; G (N, H) is dL/d(output)."""
    import torch

    leaves = leaf(X), leaf(W), leaf(np.zeros(len(W)))
    dX, dW, db = torch.autograd.grad(torch.nn.functional.linear(*leaves), leaves, constant(G))
    return array(dX), array(dW), array(db)


def swish_backward(x: Array, g: Array) -> Array:
    """dL/dx of x*sigmoid(x); any shape."""
    import torch

    leaf_x = leaf(x)
    return gradient(torch.nn.functional.silu(leaf_x), leaf_x, g)


def swish(x: Array) -> Array:
    """x*sigmoid(x)."""
    import torch

    return array(torch.nn.functional.silu(constant(x)))


def log_softmax(z: Array) -> Array:
    """The logarithm of the softmax over each row of z (N, C)."""
    import torch

    return array(torch.log_softmax(constant(z), dim=-1))
