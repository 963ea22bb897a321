"""Intervals of 95 % for shares, means of scores and correlations, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval of 95 % and the number of answers or students that it rests on."""

    value: float
    low: float
    high: float
    n: int


def share_estimate(share: float, n: int) -> Estimate:
    """A share of n, or a mean of n scores in [0, 1], with the interval of Wilson 1927; n > 0.

    Scores between 0 and 1 vary at most as much as right and wrong with the same mean do (Bhatia and Davis 2000), so
    that the interval is then rather too wide than too narrow.
    """
    scale = 1 + Z * Z / n
    middle = (share + Z * Z / (2 * n)) / scale
    half = Z / scale * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Estimate(share, min(low, share), max(high, share), n)


def correlation_estimate(r: float, n: int) -> Estimate:
    """A correlation over n pairs with the interval of Fisher 1921; n > 3."""
    if abs(r) >= 1.0:
        return Estimate(r, r, r, n)
    half = Z / sqrt(n - 3)
    return Estimate(r, tanh(atanh(r) - half), tanh(atanh(r) + half), n)
