"""Wrong references for code on detection, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_vision as right
from solutions.arrays import Array


def _parts(A: Array, B: Array, clamp: bool = True) -> tuple[Array, Array, Array]:
    """Shared areas (N, M) and the two areas, as (N, 1) and (1, M)."""
    sides = np.minimum(A[:, None, 2:], B[None, :, 2:]) - np.maximum(A[:, None, :2], B[None, :, :2])
    if clamp:
        sides = np.maximum(sides, 0)
    area_a, area_b = ((box[:, 2:] - box[:, :2]).prod(1) for box in (A, B))
    return sides.prod(2), area_a[:, None], area_b[None]


def overlaps_unclamped(A: Array, B: Array) -> Array:
    """Does not stop at 0: boxes apart along both axes share a positive area."""
    shared, area_a, area_b = _parts(A, B, clamp=False)
    return np.asarray(shared / (area_a + area_b - shared))


def overlaps_twice(A: Array, B: Array) -> Array:
    """Counts the common part twice in the union."""
    shared, area_a, area_b = _parts(A, B)
    return np.asarray(shared / (area_a + area_b))


def overlaps_dice(A: Array, B: Array) -> Array:
    """Dice coefficients."""
    return 2 * overlaps_twice(A, B)


def overlaps_smaller(A: Array, B: Array) -> Array:
    """Divides by the smaller box."""
    shared, area_a, area_b = _parts(A, B)
    return np.asarray(shared / np.minimum(area_a, area_b))


def overlaps_sizes(A: Array, B: Array) -> Array:
    """Reads the last two numbers of a box as width and height."""
    corners = [np.hstack([box[:, :2], box[:, :2] + np.abs(box[:, 2:])]) for box in (A, B)]
    return right.overlaps(corners[0], corners[1])


def suppress_unsorted(boxes: Array, scores: Array, t: float) -> Array:
    """Goes through the boxes in the order of the list."""
    return right.suppress(boxes, -np.arange(len(boxes), dtype=np.float64), t)


def suppress_lowest(boxes: Array, scores: Array, t: float) -> Array:
    """Begins with the lowest score."""
    return right.suppress(boxes, -scores, t)


def suppress_all(boxes: Array, scores: Array, t: float) -> Array:
    """Lets boxes that are out already suppress others."""
    more = (right.overlaps(boxes, boxes) > t) & (scores[None] > scores[:, None])
    return np.asarray(1.0 - more.any(1))


def suppress_best(boxes: Array, scores: Array, t: float) -> Array:
    """Compares with the best box alone."""
    best = int(np.argmax(scores))
    kept = np.asarray((right.overlaps(boxes, boxes)[best] <= t).astype(np.float64))
    kept[best] = 1
    return kept


def suppress_removed(boxes: Array, scores: Array, t: float) -> Array:
    """Marks the boxes that go."""
    return 1 - right.suppress(boxes, scores, t)
