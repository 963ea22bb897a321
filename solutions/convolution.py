"""Convolution: sizes and parameter counts read off PyTorch's layers, and gradients by autograd.

n input width, k kernel width, p padding, s stride, r dilation; all square.
Counting uses the `meta` device: shapes without numbers, so nothing is drawn and nothing is computed.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch.nn import Module


def output_width(n: int, k: int, p: int, s: int, r: int) -> int:
    """Width of the output of one convolution."""
    return _conv_shape((1, 1, int(n), int(n)), 1, k=k, p=p, s=s, r=r)[-1]


def batch_shape(batch: int, c: int, n: int, m: int, filters: int, k: int, p: int, s: int) -> Array:
    """Shape (batch, filters, height, width) of the output for an n x m image batch with c channels."""
    return np.array(_conv_shape((int(batch), int(c), int(n), int(m)), filters, k=k, p=p, s=s, r=1))


def keeps_width(k: int, r: int) -> int:
    """The padding for which a convolution with stride 1 keeps every width, found by trying."""
    width = 64
    (found,) = (p for p in range(width) if output_width(n=width, k=k, p=p, s=1, r=r) == width)
    return found


def parameter_count(c: int, filters: int, k: int) -> int:
    """Parameters of a convolutional layer with bias."""
    import torch

    return _count(torch.nn.Conv2d(int(c), int(filters), int(k), device="meta"))


def layer_parameter_counts(c: int, f: int, n: int, k: int) -> Array:
    """Parameters, with biases, of four layers in this order: depthwise, 1 x 1, full and dense.

    The depthwise convolution has one k x k kernel a channel and c outputs; the others go from c channels
    (of n x n pixels for the dense layer) to f outputs.
    """
    import torch

    c, f, n, k = int(c), int(f), int(n), int(k)
    layers = [
        torch.nn.Conv2d(c, c, k, groups=c, device="meta"),
        torch.nn.Conv2d(c, f, 1, device="meta"),
        torch.nn.Conv2d(c, f, k, device="meta"),
        torch.nn.Linear(c * n * n, f, device="meta"),
    ]
    return np.array([_count(layer) for layer in layers])


def plain_residual_gradient(g: Array, J: Array) -> Array:
    """dL/dx (D,) of y = x + F(x), where F has the Jacobian J (D, D) at x."""
    return residual_gradient(g, J, "1")


def receptive_field(k1: int, s1: int, k2: int, s2: int, k3: int) -> int:
    """Inputs that one output of three stacked convolutions sees: the extent of its input gradient."""
    import torch

    width = 400
    x = leaf(np.zeros((1, 1, width)))
    y = x
    for k, s in ((k1, s1), (k2, s2), (k3, 1)):
        y = torch.nn.functional.conv1d(y, constant(np.ones((1, 1, int(k)))), stride=int(s))
    upstream = np.zeros(tuple(y.shape))
    upstream[..., y.shape[-1] // 2] = 1
    (seen,) = np.nonzero(gradient(y, x, upstream)[0, 0])
    return int(seen[-1] - seen[0] + 1)


def batchnorm(x: Array, gamma: float, beta: float, epsilon: float) -> Array:
    """Batch normalisation in training mode of one feature, x (m,) to y (m,)."""
    import torch

    column = constant(x)[:, None]  # (m, 1)
    scale, shift = constant([float(gamma)]), constant([float(beta)])
    out = torch.nn.functional.batch_norm(column, None, None, scale, shift, training=True, eps=float(epsilon))
    return array(out[:, 0])


def batchnorm_first(x: Array, gamma: float, beta: float) -> float:
    """First output of batch normalisation in training mode on one feature, x (m,).

    torch demands an epsilon: it is too small to show.
    """
    return float(batchnorm(x, gamma, beta, 1e-14)[0])


def max_pool_backward(x: Array, g: Array, k: int, s: int) -> Array:
    """dL/dx (H, W) of max-pooling with a k x k window and stride s; upstream g in the output's shape."""
    import torch

    image = leaf(x)
    pooled = torch.nn.functional.max_pool2d(image[None, None], int(k), int(s))
    return gradient(pooled[0, 0], image, g)


def pool_inputs(seed: int) -> list[dict[str, Any]]:
    """Six images without ties, their upstream gradients, and windows that touch or overlap."""
    source = random.Random(f"max pooling:{seed}")
    return [_pool_case(source, *setting) for setting in _POOL_SETTINGS]


# height, width, window, stride: touching, overlapping, with a rest that no window covers, with gaps
_POOL_SETTINGS = ((4, 4, 2, 2), (4, 6, 2, 2), (5, 4, 3, 1), (7, 5, 3, 2), (7, 7, 2, 2), (6, 8, 2, 3))


def _pool_case(source: random.Random, height: int, width: int, k: int, s: int) -> dict[str, Any]:
    size = height * width
    values = [0.5 * (v - size // 2) for v in range(size)]
    source.shuffle(values)  # all different: no ties
    rows, columns = (height - k) // s + 1, (width - k) // s + 1
    g = [[source.gauss(0, 1) for _ in range(columns)] for _ in range(rows)]
    return {"x": np.array(values).reshape(height, width), "g": np.array(g), "k": k, "s": s}


def residual_gradient(g: Array, J: Array, scale: str) -> Array:
    """dL/dx (D,) of y = x + scale*F(x), where F has the Jacobian J (D, D) at x; scale as text, '1/2'."""
    x = leaf(np.zeros(len(g)))
    return gradient(x + float(Fraction(scale)) * (constant(J) @ x), x, g)


def _conv_shape(shape: tuple[int, ...], filters: int, *, k: int, p: int, s: int, r: int) -> tuple[int, ...]:
    import torch

    layer = torch.nn.Conv2d(
        shape[1], int(filters), int(k), stride=int(s), padding=int(p), dilation=int(r), device="meta"
    )
    return tuple(layer(torch.empty(shape, device="meta")).shape)


def _count(layer: Module) -> int:
    return sum(p.numel() for p in layer.parameters())


def pooled(x: Array, k: int, s: int) -> Array:
    """Max-pooling of an image (H, W)."""
    import torch

    return array(torch.nn.functional.max_pool2d(constant(x)[None, None], int(k), int(s))[0, 0])
