"""How far scores of attention spread with the length d of queries and keys, by quadrature over one coordinate.

s, r variances of the entries of query and key, m a mean, c a bound; case: the names in `_coordinate`.
"""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array

NORMAL = (np.array([-math.sqrt(3), 0.0, math.sqrt(3)]), np.array([1 / 6, 2 / 3, 1 / 6]))  # exact to degree 5


def variance(d: int, s: float, r: float, m: float, c: float, case: str) -> float:
    """The variance of the score: that of one coordinate's share, added up d times."""
    one = _coordinate(float(s), float(r), float(m), float(c), case)
    return math.fsum(one for _ in range(int(d)))


def divisor(d: int, s: float, r: float, m: float, c: float, case: str) -> float:
    """What the score has to be divided by to have the variance 1, by bisection."""
    low, high = 0.0, 1e6
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if variance(d, s, r, m, c, case) > middle**2 else (low, middle)
    return high


def drawn_weight(n: int, s0: float, z: float, scaled: int) -> float:
    """The weight of the first of two keys whose score is higher by z standard deviations of the difference.

    Entries with variance s0 (keys) and 1 (queries), length n; scaled = 1: scores divided by the root of n.
    """
    import torch

    spread = math.sqrt(variance(n, 1.0, float(s0), 0.0, 0.0, "difference"))
    scores = torch.tensor([float(z) * spread, 0.0], dtype=torch.float64)
    return float(torch.softmax(scores / (math.sqrt(n) if int(scaled) else 1.0), 0)[0])


def drawn_slope(n: int, s0: float, z: float, scaled: int) -> float:
    """The derivative of that weight by its own (scaled) score."""
    p = drawn_weight(n, s0, z, scaled)
    return p * (1 - p)


def _coordinate(s: float, r: float, m: float, c: float, case: str) -> float:
    """The variance of the share of one coordinate."""
    nodes, weights = NORMAL
    q, k = math.sqrt(s) * nodes, math.sqrt(r) * nodes
    match case:
        case "mean":
            return _of_product(q + m, weights, k, weights)
        case "uniform":
            flat, shares = np.polynomial.legendre.leggauss(3)
            return _of_product(c * flat, shares / 2, c * flat, shares / 2)
        case "difference":
            pairs = (k[:, None] - k[None, :]).ravel()
            return _of_product(q, weights, pairs, np.outer(weights, weights).ravel())
        case "same":
            return float(weights @ k**4 - (weights @ k**2) ** 2)
        case _:
            return _of_product(q, weights, k, weights)


def _of_product(a: Array, p: Array, b: Array, w: Array) -> float:
    """The variance of a product of independent numbers with values a, b and probabilities p, w."""
    values, shares = np.outer(a, b), np.outer(p, w)
    return float((shares * values**2).sum() - (shares * values).sum() ** 2)
