"""Numbers of convolutions and pooling on small arrays, by PyTorch and its gradients.

X image, w kernel, b bias; s stride, p zeros on each side, r dilation; rows and columns are counted from 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def grid_output(X: Array, w: Array, b: int, s: int, p: int, r: int, i: int, j: int) -> float:
    """Output (i, j) of a layer with one channel."""
    return float(_convolved(constant(X), constant(w), s, p, r)[int(i), int(j)] + b)


def grid_kernel_gradient(
    X: Array, w: Array, s: int, p: int, r: int, i: int, j: int, j2: int, e1: int, e2: int, u: int, v: int
) -> float:
    """dL/dw[u, v] where the gradient at the output is e1 at (i, j), e2 at (i, j2) and 0 elsewhere."""
    kernel = leaf(w)
    y = _convolved(constant(X), kernel, s, p, r)
    return float(gradient(y, kernel, _two(y, i, j, j2, e1, e2))[int(u), int(v)])


def grid_pixel_gradient(
    X: Array, w: Array, s: int, p: int, r: int, i: int, j: int, j2: int, e1: int, e2: int, row: int, column: int
) -> float:
    """dL/dX[row, column] for the same gradient at the output."""
    image = leaf(X)
    y = _convolved(image, constant(w), s, p, r)
    return float(gradient(y, image, _two(y, i, j, j2, e1, e2))[int(row), int(column)])


def _convolved(X: Tensor, w: Tensor, s: int, p: int, r: int) -> Tensor:
    import torch

    return torch.nn.functional.conv2d(X[None, None], w[None, None], None, int(s), int(p), int(r))[0, 0]


def _two(y: Tensor, i: int, j: int, j2: int, e1: int, e2: int) -> Array:
    upstream = np.zeros(tuple(y.shape))
    upstream[int(i), int(j)], upstream[int(i), int(j2)] = e1, e2
    return upstream


def signal_entry_gradient(w: Array, g: Array, s: int, p: int, r: int, N: int, n: int, flips: int) -> float:
    """dL/dx[n] of a convolution of x (N,) with w, flipped where `flips` is 1; g is dL/d(output)."""
    import torch

    kernel = constant(w[::-1].copy() if flips else w)
    signal = leaf(np.zeros(int(N)))
    y = torch.nn.functional.conv1d(signal[None, None], kernel[None, None], None, int(s), int(p), int(r))
    return float(gradient(y[0, 0], signal, g)[int(n)])


def signal_entry_number(wn: Array, gn: Array, s: int, p: int, r: int, N: int, n: int, flips: int) -> float:
    """The same for the drawn numbers."""
    return signal_entry_gradient(wn, gn, s, p, r, N, n, flips)
