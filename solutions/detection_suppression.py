"""Greedy non-maximum suppression, with PyTorch, and inputs for it."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant
from solutions.detection_overlap import overlaps


def suppress(boxes: Array, scores: Array, t: float) -> Array:
    """1 for every box (N,) that greedy non-maximum suppression keeps, else 0; boxes go that overlap more than t."""
    import torch

    overlap = constant(overlaps(boxes, boxes))
    left, kept = constant(scores), torch.zeros(len(boxes), dtype=torch.float64)
    while bool(torch.isfinite(left).any()):
        best = int(left.argmax())
        kept[best] = 1
        gone = overlap[best] > float(t)
        gone[best] = True
        left = left.masked_fill(gone, -torch.inf)
    return array(kept)


def suppress_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `suppress`: noisy copies of a few boxes, one box alone, a chain where a dropped box beats a kept one."""
    draw = np.random.default_rng([seed, 72])
    calls = []
    for objects, copies, t in ((3, 4, 0.5), (2, 6, 0.3), (1, 1, 0.5), (4, 3, 0.7)):
        corner = np.repeat(draw.uniform(0, 12, size=(objects, 2)), copies, axis=0)
        corner += draw.normal(size=corner.shape)
        boxes = np.hstack([corner, corner + draw.uniform(4, 6, size=corner.shape)])
        calls.append({"boxes": boxes, "scores": draw.permutation(len(boxes)) / len(boxes) + 0.01, "t": t})
    chain = np.array([[i * 2.0, 0, i * 2.0 + 6, 4] for i in range(6)])  # neighbours overlap by 1/2, the next by 1/5
    calls.append({"boxes": chain, "scores": np.array([0.4, 0.7, 0.8, 0.9, 0.85, 0.75]), "t": 0.4})
    return calls


def first_overlap(a: float, b: float, w: float) -> float:
    """IoU of two boxes of width w and one height whose left sides are at a and b."""
    boxes = _row([a, b], w)
    return float(overlaps(boxes, boxes)[0, 1])


def kept_in_row(a: float, b: float, c: float, d: float, e: float, w: float, t: float) -> int:
    """How many of five such boxes, in the order of falling scores, suppression keeps with the threshold t."""
    return int(suppress(_row([a, b, c, d, e], w), np.arange(5, 0, -1.0), t).sum())


def _row(left: list[float], w: float) -> Array:
    return np.array([[x, 0.0, x + w, 1.0] for x in left])
