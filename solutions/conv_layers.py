"""Layers of convolutional networks by PyTorch: what code questions on them are compared with, and inputs for them.

Images are (N, C, H, W); s is the stride, p the padding on each side, r the dilation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def conv2d(x: Array, w: Array, b: Array, s: int, p: int, r: int) -> Array:
    """The cross-correlation of x (N, C, H, W) with w (F, C, K, K), plus b (F,): (N, F, R, Q)."""
    import torch

    return array(torch.nn.functional.conv2d(constant(x), constant(w), constant(b), int(s), int(p), int(r)))


def conv2d_backward(x: Array, w: Array, g: Array, s: int, p: int, r: int) -> tuple[Array, Array, Array]:
    """dL/dx, dL/dw and dL/db of `conv2d`; g (N, F, R, Q) is dL/d(output)."""
    import torch

    leaves = leaf(x), leaf(w), leaf(np.zeros(len(w)))
    output = torch.nn.functional.conv2d(*leaves, int(s), int(p), int(r))
    dx, dw, db = torch.autograd.grad(output, leaves, constant(g))
    return array(dx), array(dw), array(db)


# stride, padding, dilation, kernel, height, width; the last rows are strides that leave a rest
_CONVOLUTIONS = ((1, 0, 1, 3, 5, 6), (1, 1, 1, 3, 4, 5), (2, 1, 1, 3, 7, 5), (1, 2, 2, 3, 6, 5), (2, 0, 1, 2, 6, 7))


def conv_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `conv2d`: a stride, padding and dilation each, at sizes that all differ."""
    draw = np.random.default_rng([seed, 1])
    return [_conv_call(draw, i, *setting) for i, setting in enumerate(_CONVOLUTIONS)]


def conv_backward_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `conv2d_backward`."""
    calls = []
    draw = np.random.default_rng([seed, 2])
    for one in conv_inputs(seed):
        shape = conv2d(**one).shape
        calls.append({**{n: v for n, v in one.items() if n != "b"}, "g": draw.normal(size=shape)})
    return calls


def _conv_call(draw: np.random.Generator, i: int, s: int, p: int, r: int, k: int, h: int, w: int) -> dict[str, Any]:
    batch, channels, filters = 1 + i % 3, 1 + (i + 1) % 3, 2 + i % 2
    arrays = {"x": (batch, channels, h, w), "w": (filters, channels, k, k), "b": (filters,)}
    return {name: draw.normal(size=shape) for name, shape in arrays.items()} | {"s": s, "p": p, "r": r}


def batch_norm(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Batch normalisation of X (N, D) in training mode: (N, D)."""
    import torch

    out = torch.nn.functional.batch_norm(
        constant(X), None, None, constant(gamma), constant(beta), training=True, eps=float(epsilon)
    )
    return array(out)


def batch_norm_backward(X: Array, gamma: Array, epsilon: float, G: Array) -> tuple[Array, Array, Array]:
    """dL/dX (N, D), dL/dgamma (D,) and dL/dbeta (D,) of `batch_norm`; G is dL/d(output)."""
    import torch

    leaves = leaf(X), leaf(gamma), leaf(np.zeros(len(gamma)))
    x, scale, shift = leaves
    out = torch.nn.functional.batch_norm(x, None, None, scale, shift, training=True, eps=float(epsilon))
    dX, dgamma, dbeta = torch.autograd.grad(out, leaves, constant(G))
    return array(dX), array(dgamma), array(dbeta)


def batch_norm_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `batch_norm`: features of very different sizes, and an epsilon that counts."""
    draw = np.random.default_rng([seed, 4])
    calls = []
    for n, d in ((4, 3), (7, 2), (3, 5), (2, 1)):
        X = draw.normal(size=(n, d)) * 3 ** np.arange(d) + draw.normal(size=d)
        arrays = {"X": X, "gamma": draw.normal(size=d), "beta": draw.normal(size=d)}
        calls.append({**arrays, "epsilon": float(draw.uniform(0.01, 0.2))})
    return calls


def batch_norm_backward_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `batch_norm_backward`."""
    draw = np.random.default_rng([seed, 5])
    calls = [one for one in batch_norm_inputs(seed) if len(one["X"]) > 2]
    return [
        {"X": one["X"], "gamma": one["gamma"], "epsilon": one["epsilon"], "G": draw.normal(size=one["X"].shape)}
        for one in calls
    ]


def batch_norm_steps(gamma: Array, beta: Array, alpha: float, X: Array, training: Array) -> Array:
    """Outputs (T, N, D) of one layer that sees the batches X (T, N, D) in turn, in training mode where `training` is 1.

    alpha: weight of a new batch in the running statistics; they start at mean 0 and variance 1.
    """
    import torch

    layer = torch.nn.BatchNorm1d(len(gamma), momentum=float(alpha), dtype=torch.float64)
    with torch.no_grad():
        layer.weight.copy_(constant(gamma))
        layer.bias.copy_(constant(beta))
        rows = [layer.train(bool(mode))(batch) for batch, mode in zip(constant(X), training, strict=True)]
    return array(torch.stack(rows))


def batch_norm_calls(seed: int) -> list[dict[str, Any]]:
    """Calls of `batch_norm_steps`: training first, then both modes in turn."""
    draw = np.random.default_rng([seed, 3])
    calls = []
    for modes, n, d in (((1, 1, 0), 4, 2), ((1, 0, 1, 0, 0), 3, 3), ((0, 1, 1, 1, 0), 6, 1)):
        arrays = {"gamma": draw.normal(size=d), "beta": draw.normal(size=d), "alpha": float(draw.uniform(0.05, 0.4))}
        X = 2 * draw.normal(size=(len(modes), n, d)) + 3
        calls.append({**arrays, "X": X, "training": np.array(modes, dtype=np.int64)})
    return calls


def residual_block_backward(x: Array, V: Array, W: Array, g: Array) -> tuple[Array, Array, Array]:
    """dL/dx (D,), dL/dV (H, D) and dL/dW (D, H) of y = x + W relu(V x); g (D,) is dL/dy."""
    import torch

    leaves = leaf(x), leaf(V), leaf(W)
    a, v, w = leaves
    dx, dV, dW = torch.autograd.grad(a + w @ torch.relu(v @ a), leaves, constant(g))
    return array(dx), array(dV), array(dW)


def average_pool_backward(g: Array, k: int) -> Array:
    """dL/dx (k*R, k*Q) of average pooling with k x k windows that do not overlap; g (R, Q) is dL/d(output)."""
    import torch

    image = leaf(np.zeros((int(k) * g.shape[0], int(k) * g.shape[1])))
    out = torch.nn.functional.avg_pool2d(image[None, None], int(k))
    (dx,) = torch.autograd.grad(out[0, 0], image, constant(g))
    return array(dx)


def transposed_conv(g: Array, w: Array, s: int) -> Array:
    """The transposed convolution of g (L,) with the kernel w (K,) and stride s: (s*(L - 1) + K,)."""
    import torch

    out = torch.nn.functional.conv_transpose1d(constant(g)[None, None], constant(w)[None, None], stride=int(s))
    return array(out[0, 0])
