"""Quantiles of the F distribution, by its relation to the incomplete beta function."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

STEPS, TINY = 10_000, 1e-300
CLOSE = 1e-15


def f_quantile(share: float, first: float, second: float) -> float:
    """Below which a value lies with that probability, for `first` and `second` degrees of freedom; 0 < share < 1."""
    low, high = 0.0, 1.0  # of x = first·f / (first·f + second), in which the probability is a beta function
    while high - low > CLOSE * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if incomplete_beta(first / 2, second / 2, middle) < share:
            low = middle
        else:
            high = middle
    return second * high / (first * (1 - high))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function at x in [0, 1], for a, b > 0."""
    if x <= 0.0 or x >= 1.0:
        return min(max(x, 0.0), 1.0)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):  # where the fraction converges fast
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the function, by the method of Lentz 1976."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, STEPS):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + top * d)
            c = _away(1 + top / c)
            found *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return found


def _away(value: float) -> float:
    """The value, kept from zero."""
    return value if abs(value) > TINY else TINY
