"""Pooling on small arrays: outputs and gradients by PyTorch.

x signal, X image, k window, s stride; positions are counted from 0 and windows that do not fit are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def pooled_entry(x: Array, k: int, s: int, i: int, pool: str) -> float:
    """Output i of pooling a signal; pool: 'average', 'sum', or 'squares' (the mean of the squares)."""
    return float(_pooled(constant(x), k, s, pool)[int(i)])


def pooled_entry_gradient(x: Array, g: Array, k: int, s: int, n: int, pool: str) -> float:
    """dL/dx[n] where g[:M] is dL/d(output)."""
    signal = leaf(x)
    y = _pooled(signal, k, s, pool)
    return float(gradient(y, signal, g[: len(y)])[int(n)])


def number_gradient(xn: Array, gn: Array, k: int, s: int, N: int, n: int, pool: str) -> float:
    """The same for the drawn numbers, of which the first N and M count."""
    return pooled_entry_gradient(xn[: int(N)], gn, k, s, n, pool)


def _pooled(x: Tensor, k: int, s: int, pool: str) -> Tensor:
    import torch

    values = x.square() if pool == "squares" else x
    means = torch.nn.functional.avg_pool1d(values[None], int(k), int(s))[0]
    return int(k) * means if pool == "sum" else means


def global_inputs(C: float, N: float, K: float, head: str) -> int:
    """Parameters, with biases, of a linear layer with K outputs after C maps of N x N.

    head: 'flatten', 'global' (a mean for each map) or 'both' (mean and largest value of each map).
    """
    import torch

    maps = torch.empty((1, int(C), int(N), int(N)), device="meta")
    mean, most = torch.nn.functional.adaptive_avg_pool2d(maps, 1), torch.nn.functional.adaptive_max_pool2d(maps, 1)
    features = {"flatten": maps, "global": mean, "both": torch.cat([mean, most], dim=1)}[head].flatten(1)
    layer = torch.nn.Linear(features.shape[1], int(K), device="meta")
    return sum(p.numel() for p in layer.parameters())


def global_drawn(C0: int, N0: int, K0: int, head: str) -> int:
    """`global_inputs` at the drawn numbers."""
    return global_inputs(C0, N0, K0, head)


def global_gradient(N0: int, u0: int) -> float:
    """dL/dx at one pixel of a map of N0 x N0 where u0 arrives at its mean."""
    maps = leaf(np.zeros((int(N0), int(N0))))
    return float(gradient(maps.mean(), maps, float(u0))[0, 0])


def pair_output(x: Array, d: int, i: int, op: str) -> float:
    """Output i of a layer that compares entries d apart; op: 'maximum' or 'minimum'."""
    return float(_pairs(constant(x), d, op)[int(i)])


def pair_gradient(x: Array, g: Array, d: int, n: int, op: str) -> float:
    """dL/dx[n] of that layer; the first entries of g are dL/d(output)."""
    signal = leaf(x)
    y = _pairs(signal, d, op)
    return float(gradient(y, signal, g[: len(y)])[int(n)])


def _pairs(x: Tensor, d: int, op: str) -> Tensor:
    import torch

    sign = 1 if op == "maximum" else -1
    pooled = torch.nn.functional.max_pool1d(sign * x[None], 2, stride=1, dilation=int(d))
    return sign * pooled[0]


def max_value(X: Array, k: int, s: int, i1: int) -> float:
    """Output i1 of max-pooling a signal."""
    return float(_max(constant(X), k, s)[int(i1)])


def max_entry(X: Array, G: Array, k: int, s: int, n1: int) -> float:
    """dL/dX[n1] of max-pooling; the first entries of G are dL/d(output)."""
    signal = leaf(X)
    y = _max(signal, k, s)
    return float(gradient(y, signal, G[: len(y)])[int(n1)])


def _max(x: Tensor, k: int, s: int) -> Tensor:
    import torch

    return torch.nn.functional.max_pool1d(x[None], int(k), int(s))[0]


def global_growth(C0: int, N0: int, K0: int, head: str) -> int:
    """Parameters that the linear layer needs more where maps are wider and higher by 2."""
    return global_inputs(C0, N0 + 2, K0, head) - global_inputs(C0, N0, K0, head)
