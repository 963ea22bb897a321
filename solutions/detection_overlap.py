"""Overlap of boxes (x1, y1, x2, y2) by torch, for many boxes at once and for boxes made of symbols."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def overlaps(A: Array, B: Array) -> Array:
    """IoU (N, M) of every box of A (N, 4) with every box of B (M, 4)."""
    import torch

    a, b = constant(A), constant(B)
    corner = torch.maximum(a[:, None, :2], b[None, :, :2])
    shared = (torch.minimum(a[:, None, 2:], b[None, :, 2:]) - corner).clamp(min=0).prod(-1)
    area_a, area_b = ((box[:, 2:] - box[:, :2]).prod(-1) for box in (a, b))
    return array(shared / (area_a[:, None] + area_b[None] - shared))


def overlap_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `overlaps`: boxes that overlap partly, lie apart, lie in each other and are the same."""
    draw = np.random.default_rng([seed, 71])
    calls = []
    for n, m, spread in ((4, 3, 4.0), (1, 5, 2.0), (5, 1, 12.0), (3, 6, 6.0)):
        A, B = (_boxes(draw, count, spread) for count in (n, m))
        B[-1] = A[0]
        B[0] = (A[-1] + A[-1][[0, 1, 0, 1]]) / 2  # the lower left quarter of the last box of A
        calls.append({"A": A, "B": B})
    return calls


def _boxes(draw: np.random.Generator, count: int, spread: float) -> Array:
    corner = draw.uniform(-spread, spread, size=(count, 2))
    return np.hstack([corner, corner + draw.uniform(1, 6, size=(count, 2))])


def symbolic_overlap(kind: str, w: float, h: float, d: float, e: float, c: float) -> float:
    """IoU of a box of width w and height h and a second one, placed as `kind` says.

    'beside': moved by d along x. 'corner': by d along x and e along y. 'inside': sides times c, same centre.
    'grown': d wider on both sides.
    """
    first = np.array([0.0, 0.0, w, h])
    second = {
        "beside": first + np.array([d, 0, d, 0]),
        "corner": first + np.array([d, e, d, e]),
        "inside": _centred(w, h, c * w, c * h),
        "grown": first + np.array([-d, 0, d, 0]),
    }[kind]
    return float(overlaps(first[None], second[None])[0, 0])


def _centred(w: float, h: float, width: float, height: float) -> Array:
    """A box of that width and height with the centre of the box from (0, 0) to (w, h)."""
    return np.array([w - width, h - height, w + width, h + height]) / 2


def reached(kind: str, t: float, w0: float, h0: float) -> float:
    """Where the overlap of `symbolic_overlap` is t, by bisection: d, or the width c*w0 of the inner box.

    For 'corner' e is d*h0/w0. Overlaps fall with d and rise with c.
    """
    low, high = 0.0, 1.0 if kind == "inside" else 200.0
    for _ in range(80):
        middle = (low + high) / 2
        more = symbolic_overlap(kind, w0, h0, middle, middle * h0 / w0, middle) > t
        low, high = (middle, high) if more == (kind != "inside") else (low, middle)
    return low * w0 if kind == "inside" else low
