"""A triplet of embeddings in the plane, by torch: anchor (x, y), positive (px, py), negative (nx, ny)."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant


def drawn_loss(x: float, y: float, px: float, py: float, nx: float, ny: float, margin: float) -> float:
    """The triplet loss with plain Euclidean distances."""
    return _loss(_point(x, y), _point(px, py), _point(nx, ny), margin)


def silent_from(x: float, y: float, px: float, py: float, nx: float, ny: float, margin: float) -> int:
    """The least whole distance of the negative at which the loss is 0, found by moving it out step by step."""
    anchor, away = _point(x, y), _point(nx, ny) - _point(x, y)
    away /= np.hypot(*away)
    distance = 1
    while _loss(anchor, _point(px, py), anchor + distance * away, margin) > 1e-9:
        distance += 1
    return distance


def _point(x: float, y: float) -> Array:
    return np.array([float(x), float(y)])


def _loss(anchor: Array, positive: Array, negative: Array, margin: float) -> float:
    import torch

    a, p, n = (constant(vector)[None] for vector in (anchor, positive, negative))
    return torch.nn.functional.triplet_margin_loss(a, p, n, margin=float(margin), eps=0.0).item()
