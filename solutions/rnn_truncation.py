"""Truncated back-propagation through time: pairs of steps counted one by one, gradients by torch with detached states.

plan: 'window' each loss goes back through n steps, 'last' the same for the last loss alone, 'chunks' the sequence is
cut into chunks of n steps and no gradient crosses an edge, 'ends' the same with a loss at the end of each chunk alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf


def pairs(m: float, n: float, plan: str) -> int:
    """How many pairs k <= t the truncated gradient keeps in a sequence of m*n steps."""
    return sum(1 for _ in _kept(round(m) * round(n), round(n), plan))


def drawn_pairs(chunks: int, length: int, plan: str) -> int:
    """`pairs` for drawn numbers."""
    return pairs(float(chunks), float(length), plan)


def weight_gradient(w: float, x: Array, start: float, plan: str) -> float:
    """dL/dw with n = 2 for four steps of h_t = w h_{t-1} + x_t, L the sum of those states that have a loss."""
    kept = list(_kept(4, 2, plan))
    total = 0.0
    for t in sorted({t for t, _ in kept}):
        weight = leaf(float(w))
        steps = [k for s, k in kept if s == t]
        h = constant(float(start))
        for j in range(1, t + 1):
            h = (weight if j in steps else weight.detach()) * h + float(np.asarray(x)[j - 1])
        total += float(gradient(h, weight))
    return total


def _kept(steps: int, n: int, plan: str) -> Iterator[tuple[int, int]]:
    """The pairs (t, k), counted from 1."""
    for t in range(1, steps + 1):
        if (plan == "last" and t < steps) or (plan == "ends" and t % n):
            continue
        for k in range(1, t + 1):
            near = t - k < n
            if near if plan in ("window", "last") else (t - 1) // n == (k - 1) // n:
                yield t, k
