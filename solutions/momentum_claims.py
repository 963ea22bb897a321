"""Promises about convergence, judged on a logarithmic scale."""

from __future__ import annotations

from math import log


def verdict_by_logarithms(n: float, k: int, mu: float, d: float, claim: float) -> str:
    """'impossible', 'everyday', 'known' or 'open'; n is the root of the condition number, d the distance at the start.

    In units of mu*d^2/2 the logarithms of the bounds are linear in the number k of steps.
    """
    promise = log(2 * claim / (mu * d * d))
    if promise < 2 * k * log((n - 1) / (n + 1)):
        return "impossible"
    if promise >= 2 * log(n) + 2 * k * log((n * n - 1) / (n * n + 1)):
        return "everyday"
    return "known" if promise >= log(n * n + 1) + k * log(1 - 1 / n) else "open"
