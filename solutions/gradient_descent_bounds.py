"""Bounds of gradient descent, attained on quadratics: the worst start is run by torch."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import constant, leaf


def bound(L: float, mu: float, R: float, k: float, kind: str, what: str) -> float:
    """The largest distance, or L/2 times its square where `what` is 'value', after k steps from distance R.

    Run along both axes of (mu x^2 + L y^2)/2, and the worse one is taken. kind: 'best' step or 'safe' step 1/L.
    """
    return _measured(max(_left(L, mu, R, int(k), kind)), L, what)


def steps_until(low: float, top: float, D: float, target: float, kind: str, what: str) -> int:
    """The first step after which the bound is not above the target, run along both axes."""
    bends, at = np.array([float(low), float(top)]), np.array([float(D), float(D)])
    rate, k = _rate(top, low, kind), 0
    while _measured(float(np.abs(at).max()), top, what) > float(target):
        at = at - rate * bends * at
        k += 1
    return k


def simple_count(L: float, kappa: float, R: float, epsilon: float, kind: str, what: str) -> float:
    """The k at which the bound reaches epsilon, its factor replaced by exp(-2/kappa) ('best') or exp(-1/kappa).

    By bisection.
    """
    factor = math.exp(-(2 if kind == "best" else 1) / float(kappa))

    def bounded(k: float) -> float:
        return _measured(factor**k * float(R), L, what)

    low, high = -200.0, 2000.0
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if bounded(middle) > float(epsilon) else (low, middle)
    return low


def _left(L: float, mu: float, R: float, k: int, kind: str) -> list[float]:
    """The distances after k steps of SGD that start at R on each of the two axes."""
    import torch

    bends, at = constant([float(mu), float(L)]), leaf([float(R), float(R)])
    optimiser = torch.optim.SGD([at], lr=_rate(L, mu, kind))
    for _ in range(k):
        at.grad = (bends * at).detach()
        optimiser.step()
    return at.detach().abs().tolist()


def _rate(L: float, mu: float, kind: str) -> float:
    return 2 / (float(L) + float(mu)) if kind == "best" else 1 / float(L)


def _measured(distance: float, L: float, what: str) -> float:
    """The distance itself, or the largest excess of the objective at that distance."""
    return distance if what == "distance" else float(L) / 2 * distance**2
