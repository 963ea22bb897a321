"""Other roads to noise on the sheet of stochastic methods: moments by exact recursions, series term by term."""

from __future__ import annotations

from solutions import stochastic_momentum, stochastic_noise, stochastic_schedules, stochastic_second_order


def floor(alpha: float, h: float, sigma: float) -> float:
    """The mean square error of a constant step in the long run."""
    return stochastic_noise.stationary(alpha, h, sigma**2, "plain", "variance")


def floor_with_momentum(alpha: float, eta: float, h: float, sigma: float) -> float:
    """The same with momentum."""
    return stochastic_momentum.stationary(alpha, eta, h, sigma**2, "sum", "variance")


def after_steps(alpha: float, h: float, sigma: float, e: float, k: float) -> float:
    """The mean square error after k constant steps from the error e, step by step."""
    return stochastic_noise.after_steps(alpha, h, sigma**2, "plain", e, int(k))


def newton_schedule(h: float, sigma: float, k: float) -> float:
    """The mean square error after the steps 1/h, 1/(2h), ..., 1/(kh)."""
    return stochastic_second_order.mean_square(h, sigma**2, k, 0.0, 0.0, 0.0, "newton")


def any_schedule(h: float, sigma: float, c: float) -> float:
    """k times the mean square error for steps c/k, in the limit."""
    return stochastic_second_order.mean_square(h, sigma**2, 0.0, 0.0, 0.0, c, "limit")


def travel(alpha: float, q: float) -> float:
    """The sum of the steps alpha, alpha*q, alpha*q^2, ..."""
    return stochastic_schedules.series(alpha, q, 1.0, 1.0, 1.0, "geometric", "travel")


def squared_steps(c: float) -> float:
    """The sum of the squares of the steps c, c/2, c/3, ..."""
    return stochastic_schedules.series(c**2, 0.5, 1.0, 1.0, 1.0, "squared", "travel")
