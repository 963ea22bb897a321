"""Other roads to rates on the sheet of optimisation: methods are run, eigenvalues taken, limits found by bisection."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions import gradient_descent_bounds, momentum_roots, momentum_sums, momentum_tuning
from solutions.arrays import Array
from solutions.sheet_optimisation import sgd


def error_after(e: float, c: float, alpha: float, k: float) -> float:
    """The distance to the minimum of c*x^2/2 after k steps of SGD from e."""
    x = np.array([e])
    for _ in range(int(k)):
        x = sgd(x, c * x, alpha)
    return float(x[0])


def stable_limit(L: float, mu: float) -> float:
    """The step at which the worst factor of gradient descent on curvatures mu and L reaches 1, by bisection."""
    return _root(lambda a: max(abs(1 - a * mu), abs(1 - a * L)) - 1, 1e-6 / L, 4 / mu)


def best_constant_step(L: float, mu: float) -> float:
    """The step at which the factors of both extreme curvatures have the same size, by bisection."""
    return _root(lambda a: abs(1 - a * L) - abs(1 - a * mu), 1 / L, 2 / L)


def momentum_limit(L: float, eta: float) -> float:
    """The step at which an eigenvalue of one step with momentum reaches size 1 at curvature L, by bisection."""
    return _root(lambda a: momentum_roots.radius("classic", eta, a, L) - 1 - 1e-12, 1e-3 / L, 8 / L)


def velocity(g: Array, alpha: float, eta: float) -> float:
    """The velocity after the gradients g (K,), from rest."""
    return momentum_sums.run("classic", g, alpha, eta)[0]


def steady_velocity(g: float, alpha: float, eta: float) -> float:
    """The velocity after long under a constant gradient."""
    return momentum_sums.settled_velocity("1", g, alpha, eta)


def zigzag_velocity(g: float, alpha: float, eta: float) -> float:
    """The velocity after long under gradients -g, g, -g, ..., just after g."""
    return momentum_sums.settled_velocity("-1 1", g, alpha, eta)


def next_with_momentum(e: float, d: float, c: float, alpha: float, eta: float) -> float:
    """The next error with momentum along curvature c, after the errors d and e."""
    return momentum_roots.next_error("classic", e, d, c, alpha, eta)


def next_with_nesterov(e: float, d: float, c: float, alpha: float, eta: float) -> float:
    """The next error with Nesterov's method along curvature c, after the errors d and e."""
    return momentum_roots.next_error("ahead", e, d, c, alpha, eta)


def best_momentum_step(L: float, mu: float) -> float:
    """The step of the fastest momentum, from the equations of double roots."""
    return momentum_tuning.setting("alpha", L, mu)


def best_momentum(L: float, mu: float) -> float:
    """The eta of the fastest momentum, from the equations of double roots."""
    return momentum_tuning.setting("eta", L, mu)


def momentum_factor(kappa: float) -> float:
    """The largest eigenvalue of one step of the fastest momentum over curvatures from 1 to kappa."""
    eta, alpha = best_momentum(kappa, 1.0), best_momentum_step(kappa, 1.0)
    return max(momentum_roots.radius("classic", eta, alpha, c) for c in np.linspace(1, kappa, 9))


def descent_factor(kappa: float) -> float:
    """The factor of the distance in one step of SGD with the best step, along the worse axis."""
    return gradient_descent_bounds.bound(kappa, 1.0, 1.0, 1, "best", "distance")


def descent_excess(L: float, kappa: float, R: float, k: float) -> float:
    """L/2 times the largest squared distance after k steps of SGD from distance R."""
    return gradient_descent_bounds.bound(L, L / kappa, R, k, "best", "value")


def descent_count(L: float, kappa: float, R: float, epsilon: float) -> float:
    """The k at which L/2 R^2 exp(-4k/kappa) reaches epsilon, by bisection."""
    return gradient_descent_bounds.simple_count(L, kappa, R, epsilon, "best", "value")


def nesterov_excess(L: float, mu: float, R: float, k: float) -> float:
    """The bound of estimate sequences: the excess plus mu/2 R^2 loses the share sqrt(mu/L) in each step."""
    left = L / 2 * R**2 + mu / 2 * R**2
    for _ in range(int(k)):
        left -= np.sqrt(mu / L) * left
    return float(left)


def least_excess(kappa: float, mu: float, R: float, k: float) -> float:
    """mu/2 times the squared distance left when the first k entries of the worst quadratic's minimiser are right.

    The minimiser, at distance R from 0, solves the tridiagonal system.
    """
    size = 300
    T = 2 * np.eye(size) - np.eye(size, k=1) - np.eye(size, k=-1)
    squares = np.linalg.solve(mu * (kappa - 1) / 4 * T + mu * np.eye(size), np.eye(size)[0]) ** 2
    return float(mu / 2 * R**2 * squares[int(k) :].sum() / squares.sum())


def gain(kappa: float) -> float:
    """Steps of gradient descent over steps of momentum for the same small error, from the factors that are run."""
    return float(np.log(momentum_factor(kappa)) / np.log(descent_factor(kappa)))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where an increasing function passes 0, by bisection."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return low
