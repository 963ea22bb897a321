"""Quantities of pairs by how far apart they are: losses of similarity, overlap of boxes."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import series
from solutions.drawings import Plot


def contrastive(margin: float = 2.0) -> Plot:
    """The contrastive loss by the distance of two embeddings: like ones attract, others are pushed to the margin."""
    d = np.linspace(0, 3, 61)
    both = (series("same class", d, d**2 / 2), series("other class", d, np.maximum(0, margin - d) ** 2 / 2))
    return Plot("Contrastive loss by distance", "distance", "loss", both)


def triplet(margins: tuple[float, ...] = (0.2, 1.0)) -> Plot:
    """The triplet loss by how much farther the negative is than the positive: 0 from the margin on."""
    gap = np.linspace(-2, 2, 81)
    shown = tuple(series(f"margin {m:g}", gap, np.maximum(0, m - gap)) for m in margins)
    return Plot("Triplet loss by the gap of distances", "d(a, n) − d(a, p)", "loss", shown)


def overlaps() -> Plot:
    """Overlap of two boxes of side 1 that drift apart: intersection over union, Dice, and IoU with a box of side 2."""
    t = np.linspace(0, 1.6, 65)
    common = np.maximum(0, 1 - t)
    wide = shared(t, 2.0)
    curves = {"IoU": common / (2 - common), "Dice": common, "IoU, sides 1 and 2": wide / (1 + 4 - wide)}
    return Plot("Overlap of boxes that drift apart", "shift", "overlap",
                tuple(series(name, t, values) for name, values in curves.items()))  # fmt: skip


def shared(t: Array, side: float) -> Array:
    """The area common to the unit square and a square of this side (at least 1), whose centre lies t to the right."""
    left, right = np.maximum(-0.5, t - side / 2), np.minimum(0.5, t + side / 2)
    found: Array = np.maximum(0, right - left)
    return found
