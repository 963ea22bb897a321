"""Second roads for the sheet on convolutional networks: layers, sizes, gradients and counts by PyTorch.

N  input width    k  kernel width    p  zeros on each side    s  stride    r  dilation    C, F  channels in and out
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.conv_counts import parameters as counted
from solutions.conv_resized import pooled_width, transposed_width
from solutions.conv_sizes import conv_width, same_zeros, valid_width
from solutions.conv_windows import dilated_by_support

if TYPE_CHECKING:
    from torch import Tensor


def one_output(W: Array, P: Array, b: float) -> float:
    """The one output of a filter W (C, k, k) on a patch P of its own size."""
    return float(_functional().conv2d(constant(P)[None], constant(W)[None], constant([b])))


def output(W: Array, x: Array, b: float, s: int, r: int, i: int) -> float:
    """Output i of one filter W (C, k) with stride s and dilation r on the signals x (C, N)."""
    return float(_convolved(x, constant(W)[None], int(s), int(r))[0, 0, int(i)] + float(b))


def plain(w: Array, x: Array) -> Array:
    """The outputs of a kernel w (k,) with stride 1 on x (N,)."""
    return array(_convolved(x[None], constant(w)[None, None], 1, 1)[0, 0])


def strided(w: Array, x: Array) -> Array:
    """The outputs of a kernel w (k,) with stride 2 on x (N,)."""
    return array(_convolved(x[None], constant(w)[None, None], 2, 1)[0, 0])


def pixel_gradient(w: Array, g: Array, s: int, t: int) -> float:
    """dL/dx[t] of a convolution with the kernel w (k,) and stride s; g (M,) arrives."""
    spread = array(_functional().conv_transpose1d(constant(g)[None, None], constant(w)[None, None], None, int(s))[0, 0])
    return float(spread[int(t)]) if int(t) < len(spread) else 0.0


def weight_gradient(x: Array, g: Array, s: int, u: int) -> float:
    """dL/dw[u] of a convolution of x (N,) with stride s; g (M,) arrives at its first outputs."""
    kernel = leaf(np.zeros(int(u) + 1))
    y = _convolved(x[None], kernel[None, None], int(s), 1)[0, 0, : len(g)]
    return float(gradient(y, kernel, g)[int(u)])


def bias_gradient(G: Array) -> Array:
    """dL/db (F,) of a convolutional layer whose outputs (N, F, M) get the gradient G."""
    bias = leaf(np.zeros(G.shape[1]))
    kernel, x = constant(np.zeros((G.shape[1], 1, 1))), constant(np.zeros((len(G), 1, G.shape[2])))
    return gradient(_functional().conv1d(x, kernel, bias), bias, G)


def width(N: int, k: int, p: int, s: int, r: int) -> int:
    """Width of the output of one convolution."""
    return conv_width(int(N), int(k), int(s), int(r), int(p), int(p))


def unpadded_width(N: int, k: int) -> int:
    """Width after one convolution without zeros, stride 1."""
    return conv_width(int(N), int(k))


def valid_layers(N: int, k: int, n: int) -> int:
    """Width after n convolutions without zeros."""
    return valid_width(N, k, 0, n, "plain")


def covered(k: int, r: int) -> float:
    """Inputs from the first to the last under a dilated kernel, by its support."""
    return dilated_by_support(k, r, "covered")


def side_zeros(k: int, r: int) -> float:
    """Zeros on each side that keep the width under stride 1, by trying; nan where there is no such number."""
    kept = [p for p in range(int(r) * int(k)) if conv_width(64, int(k), 1, int(r), p, p) == 64]
    return float(kept[0]) if kept else float("nan")


def strided_zeros(N: int, k: int, s: int) -> int:
    """Fewest zeros, both sides together, that keep one output for each stride begun."""
    return same_zeros(int(N), int(k), int(s), 1)


def enlarged(N: int, k: int, p: int, s: int, r: int, o: int) -> float:
    """Width of the output of a transposed convolution; nan where torch refuses the output padding o."""
    return float(transposed_width(N, k, s, p, r, o)) if o < max(s, r) else float("nan")


def pooled_up(N: int, k: int, p: int, s: int) -> float:
    """Width after max-pooling that rounds up; nan where torch refuses the padding."""
    return float(pooled_width(N, k, s, p, up=True)) if 2 * p <= k else float("nan")


def pooled_down(N: int, k: int, p: int, s: int) -> float:
    """Width after max-pooling as it is by default; nan where torch refuses the padding."""
    return float(pooled_width(N, k, s, p, up=False)) if 2 * p <= k else float("nan")


def global_means(x: Array) -> Array:
    """The means (C,) of the maps x (C, N, N)."""
    return array(_functional().adaptive_avg_pool2d(constant(x)[None], 1)[0, :, 0, 0])


def layer_parameters(C: int, F: int, k: int, q: int) -> float:
    """Parameters of a convolutional layer in q groups; nan where channels cannot be shared out evenly."""
    import torch

    if int(C) % int(q) or int(F) % int(q):
        return float("nan")
    return float(counted(torch.nn.Conv2d(int(C), int(F), int(k), groups=int(q), device="meta")))


def image_connections(N: int, k: int) -> int:
    """Pairs of a pixel and an output that depends on it, for one k x k kernel on N x N pixels: by the Jacobian."""
    n, k = int(N), int(k)
    images = constant(np.eye(n * n).reshape(n * n, 1, n, n))
    return int((_functional().conv2d(images, constant(np.ones((1, 1, k, k)))) != 0).sum())


def layer_cost(C: int, F: int, k: int, M: int) -> int:
    """Multiply-adds of a layer with outputs of M x M, counted on torch's layer."""
    from solutions.conv_counts import block_cost

    return block_cost(C, F, k, 1, M, "plain")


def field(k: Array, s: Array) -> float:
    """Width of what one output of layers with kernels k (L,) and strides s (L,) sees, by its input gradient."""
    from solutions.conv_windows import touched

    layers = tuple((int(a), int(b), 0, 1) for a, b in zip(k, s, strict=True))
    seen = touched(1500, layers, 0)
    return float(seen[-1] - seen[0] + 1)


def small_stack_field(n: int) -> int:
    """Width of what one output of n stacked 3 x 3 layers sees."""
    from solutions.conv_towers import stack_field

    return stack_field(n, 3)


def small_stack_weights(n: int, C: int) -> int:
    """Weights of n stacked 3 x 3 layers with C channels."""
    from solutions.conv_towers import stack_weights

    return stack_weights(n, C, 3)


def head_loss(H: Array, W: Array, b: Array, Y: Array) -> float:
    """Mean cross-entropy of a linear head on features H (N, D); Y (N, K) is one-hot."""
    scores = constant(H) @ constant(W).T + constant(b)
    return float(_functional().cross_entropy(scores, constant(Y).argmax(1)))


def _convolved(x: Array, w: Tensor, s: int, r: int) -> Tensor:
    out: Tensor = _functional().conv1d(constant(x)[None], w, None, s, 0, r)
    return out


def _functional() -> Any:
    import torch

    return torch.nn.functional


def flattened(N: int, k: int, F: int) -> int:
    """Numbers after a valid convolution of N x N pixels to F channels and pooling 2, by torch's layers."""
    import torch

    image = torch.empty((1, 1, int(N), int(N)), device="meta")
    maps = torch.nn.Conv2d(1, int(F), int(k), device="meta")(image)
    return int(torch.nn.functional.max_pool2d(maps, 2).numel())
