"""A residual block with a projection by PyTorch's modules: what code is compared with, and inputs for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def residual_block(x: Array, V: Array, W: Array, P: Array, s: int) -> Array:
    """relu(P x + W relu(V x)) for maps x (N, C, H, Q): (N, F, R, T). V and P have the stride s."""
    import torch
    from torch import nn

    filters, channels = P.shape
    first = nn.Conv2d(channels, filters, 3, stride=int(s), padding=1, bias=False, dtype=torch.float64)
    second = nn.Conv2d(filters, filters, 3, padding=1, bias=False, dtype=torch.float64)
    shortcut = nn.Conv2d(channels, filters, 1, stride=int(s), bias=False, dtype=torch.float64)
    with torch.no_grad():
        for layer, values in ((first, V), (second, W), (shortcut, P[:, :, None, None])):
            layer.weight.copy_(constant(values))
        maps = constant(x)
        return array(torch.relu(shortcut(maps) + second(torch.relu(first(maps)))))


def residual_block_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `residual_block`: each stride, with heights and widths that it divides or not."""
    draw = np.random.default_rng([seed, 21])
    calls = []
    for n, c, f, h, q, s in ((2, 2, 3, 4, 5, 1), (1, 3, 4, 6, 5, 2), (2, 1, 2, 7, 6, 3), (1, 2, 2, 5, 8, 2)):
        shapes = {"x": (n, c, h, q), "V": (f, c, 3, 3), "W": (f, f, 3, 3), "P": (f, c)}
        calls.append({name: draw.normal(size=shape) for name, shape in shapes.items()} | {"s": s})
    return calls
