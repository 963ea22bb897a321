"""Step counts of first-order methods by bisection, and bounds by multiplying factor by factor."""

from __future__ import annotations

from collections.abc import Callable

Factor = Callable[[float], float]  # condition number -> factor per step
FACTORS: dict[str, Factor] = {
    "gradient": lambda kappa: 1 - 2 / (kappa + 1),
    "cautious": lambda kappa: 1 - 1 / kappa,
    "momentum": lambda kappa: 1 - 2 / (kappa**0.5 + 1),
    "nesterov": lambda kappa: 1 - kappa**-0.5,
}


def steps(method: str, kappa: float, p: float) -> float:
    """k at which the method's factor to the power k is ten to the power -p, by bisection."""
    return _power(FACTORS[method](kappa), 0.1) * p


def growth(method: str, m: float) -> float:
    """By how much the steps grow where the condition number is m times as large, in the limit of large ones."""
    kappa = 1e10
    ratio = (1 - FACTORS[method](kappa)) / (1 - FACTORS[method](m * kappa))
    return round(ratio, 2)  # what is lost is of the order of the root of 1/kappa


def speedup(kappa: float) -> float:
    """k such that k steps of gradient descent shrink the distance as one step of momentum does."""
    return _power(FACTORS["gradient"](kappa), FACTORS["momentum"](kappa))


def lower_bound(mu: float, kappa: float, k: int, d: float) -> float:
    """The excess loss mu/2 q^(2k) d^2 of the worst case, factor by factor."""
    excess = mu / 2 * d * d
    for _ in range(int(k)):
        excess *= FACTORS["momentum"](kappa) ** 2
    return excess


def nesterov_bound(mu: float, kappa: float, k: int, d: float) -> float:
    """Nesterov's bound (L + mu)/2 (1 - 1/sqrt(kappa))^k d^2, factor by factor."""
    excess = (kappa * mu + mu) / 2 * d * d
    for _ in range(int(k)):
        excess *= FACTORS["nesterov"](kappa)
    return excess


def gradient_bound(mu: float, kappa: float, k: int, d: float) -> float:
    """The bound L/2 ((kappa - 1)/(kappa + 1))^(2k) d^2 of gradient descent, factor by factor."""
    excess = kappa * mu / 2 * d * d
    for _ in range(int(k)):
        excess *= FACTORS["gradient"](kappa) ** 2
    return excess


def verdict_on_claim(mu: float, kappa: float, k: int, d: float, claim: float) -> str:
    """What the promise of an excess loss of at most `claim` after k steps amounts to."""
    if claim < lower_bound(mu, kappa, k, d):
        return "impossible"
    if claim >= gradient_bound(mu, kappa, k, d):
        return "everyday"
    return "known" if claim >= nesterov_bound(mu, kappa, k, d) else "open"


def _power(base: float, target: float) -> float:
    """k with base^k = target, for both below 1, by bisection."""
    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if base**middle > target else (low, middle)
    return (low + high) / 2
