"""A model of binary images of 2 x 3 pixels in raster order, by walking and by enumeration of all images.

q0, q1, q2: probability of a 1 where none, one or two of the pixels that are looked at are 1.
kind: which these are: 'cross' (left, above), 'above' (above, above right), 'row' or 'before' (the two before).
"""

from __future__ import annotations

import itertools
import math

import numpy as np

from solutions.arrays import Array

_LOOKED_AT = {"cross": ((0, -1), (-1, 0)), "above": ((-1, 0), (-1, 1)), "row": ((0, -1), (0, -2))}


def probability(x: Array, q0: float, q1: float, q2: float, kind: str) -> float:
    """Probability of the image x (2, 3), from the sum of the logarithms."""
    return math.exp(-math.log(2) * 6 * bits(x, q0, q1, q2, kind))


def bits(x: Array, q0: float, q1: float, q2: float, kind: str) -> float:
    """Bits per pixel of the image x (2, 3)."""
    table, total = (float(q0), float(q1), float(q2)), 0.0
    padded = np.zeros((4, 7), dtype=int)
    padded[1:3, 2:5] = np.array([[int(value) for value in row] for row in x])
    flat = [0, 0, *padded[1:3, 2:5].ravel()]
    for place, (row, column) in enumerate(itertools.product(range(2), range(3))):
        if kind == "before":
            ones = flat[place] + flat[place + 1]
        else:
            ones = sum(int(padded[row + 1 + dy, column + 2 + dx]) for dy, dx in _LOOKED_AT[kind])
        on = table[int(ones)]
        total -= math.log2(on if padded[row + 1, column + 2] else 1 - on)
    return total / 6


def total(q0: float, q1: float, q2: float, kind: str) -> str:
    """'one', 'less', 'six' or 'unknown': what the probabilities of all 64 images add up to, by adding them."""
    images = (np.array(pixels).reshape(2, 3) for pixels in itertools.product((0, 1), repeat=6))
    found = sum(probability(image, q0, q1, q2, kind) for image in images)
    if abs(found - 1) < 1e-9:
        return "one"
    return "six" if abs(found - 6) < 1e-9 else "less" if found < 1 else "unknown"


def total_by_sampling_tree(q0: float, q1: float, q2: float) -> str:
    """The same from the tree of draws: at every pixel the two branches share out all of the probability."""
    left = 1.0
    for on in (q0, q1, q2):
        left *= float(on) + (1 - float(on))
    return "one" if abs(left - 1) < 1e-12 else "less"
