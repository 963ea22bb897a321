"""The boundary of a linear classifier, from points on it."""

from __future__ import annotations

import numpy as np

from solutions.pictures import two_classes


def bias(w1: float, w2: float, b: float) -> float:
    """The bias that makes z zero at both ends of the drawn line; the picture knows b, this uses its points alone."""
    found = [-(w1 * x + w2 * y) for x, y in two_classes(w1, w2, b).series[0].points]
    assert abs(found[0] - found[1]) < 1e-9
    return float(found[0])


def distance(w1: float, w2: float, b: float, p: float, q: float) -> float:
    """The least distance of (p, q) from the line, over its points: the foot of the perpendicular by projection."""
    (x0, y0), (x1, y1) = two_classes(w1, w2, b).series[0].points
    along, to = np.array([x1 - x0, y1 - y0]), np.array([p - x0, q - y0])
    foot = np.array([x0, y0]) + along * (to @ along) / (along @ along)
    return float(np.hypot(*(np.array([p, q]) - foot)))
