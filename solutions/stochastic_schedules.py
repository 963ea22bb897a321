"""Series of learning rates, added up term by term."""

from __future__ import annotations

import numpy as np

TERMS = 20_000


def series(alpha: float, rho: float, m: float, G: float, v: float, schedule: str, asked: str) -> float:
    """'travel': G times the sum of all learning rates; 'noise': v times the sum of their squares.

    Schedules: 'geometric' alpha*rho^k from k = 0, 'squared' alpha/k^2 from k = 1, 'halved' and 'tenth' after every m
    steps. What is left after many terms of alpha/k^2 is an integral, with Euler's corrections.
    """
    power = 1 if asked == "travel" else 2
    scale = G if asked == "travel" else v
    if schedule == "squared":
        terms = (alpha / np.arange(1.0, TERMS) ** 2) ** power
        return float(scale * (terms.sum() + alpha**power * _rest(2 * power)))
    rates = {
        "geometric": alpha * rho ** np.arange(2000.0),
        "halved": np.repeat(alpha / 2 ** np.arange(60.0), int(m)),
        "tenth": np.repeat(alpha / 10 ** np.arange(30.0), int(m)),
    }[schedule]
    return float(scale * (rates**power).sum())


def series_drawn(alpha0: float, rho0: float, m0: int, G0: int, v0: int, schedule: str, asked: str) -> float:
    """`series` for drawn numbers."""
    return series(float(alpha0), float(rho0), int(m0), float(G0), float(v0), schedule, asked)


def _rest(power: int) -> float:
    """The sum of 1/k^power from k = TERMS on, to three terms of Euler and Maclaurin."""
    n = float(TERMS)
    return n ** (1 - power) / (power - 1) + n**-power / 2 + power * n ** (-power - 1) / 12
