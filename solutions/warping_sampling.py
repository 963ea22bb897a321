"""Bilinear sampling with its gradients, by PyTorch."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def bilinear(U: Array, x: Array, y: Array, g: Array) -> tuple[Array, Array, Array, Array]:
    """Values (P,) of U (H, W) at columns x and rows y (P,), 0 outside; dL/dU, dL/dx and dL/dy for the gradient g."""
    import torch

    height, width = U.shape
    leaves = leaf(U), leaf(x), leaf(y)
    source, columns, rows = leaves
    # a border of zeros, so that an image of a single row or column has a scale as well
    padded = torch.nn.functional.pad(source, (1, 1, 1, 1))[None, None]
    places = torch.stack([2 * (columns + 1) / (width + 1) - 1, 2 * (rows + 1) / (height + 1) - 1], dim=-1)
    V = torch.nn.functional.grid_sample(padded, places[None, None], align_corners=True)[0, 0, 0]
    dU, dx, dy = torch.autograd.grad(V, leaves, constant(g))
    return array(V), array(dU), array(dx), array(dy)


def bilinear_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `bilinear`: several places in one cell, places on the border's outer side and far away."""
    draw = np.random.default_rng([seed, 77])
    calls = []
    for h, w, count in ((3, 4, 5), (5, 2, 6), (2, 2, 4), (4, 6, 8)):
        x, y = draw.uniform(-1.6, w + 0.6, size=count), draw.uniform(-1.6, h + 0.6, size=count)
        x[:2], y[:2] = (draw.uniform(0.05, 0.95, size=2) for _ in range(2))
        calls.append({"U": draw.normal(size=(h, w)), "x": x, "y": y, "g": draw.normal(size=count)})
    return calls
