"""What is left of a geometric minimiser when its first entries are matched."""

from __future__ import annotations

import numpy as np


def share_left(kappa: float, front: int) -> float:
    """Squared norm of the entries after number `front` of (q, q^2, ...) over that of all, summed term by term."""
    q = 1 - 2 / (np.sqrt(float(kappa)) + 1)
    squares = q ** (2 * np.arange(1, 2001))
    return float(squares[int(front) :].sum() / squares.sum())
