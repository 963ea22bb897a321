"""Other roads to the steps on the sheet of optimisation: torch.optim, minimised models, changes of coordinates."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions import gradient_descent_steepest
from solutions.arrays import Array, array, constant, leaf
from solutions.sheet_optimisation_models import least


def sgd(theta: Array, g: Array, alpha: float) -> Array:
    """theta (n,) after one step of SGD."""
    return _stepped("SGD", theta, g, {}, lr=alpha)


def heavy_ball(theta: Array, v: Array, g: Array, alpha: float, eta: float) -> Array:
    """theta (n,) after one step of SGD with momentum, which keeps -v/alpha."""
    return _stepped("SGD", theta, g, {"momentum_buffer": -v / alpha}, lr=alpha, momentum=eta)


def nesterov(theta: Array, v: Array, g_ahead: Array, alpha: float, eta: float) -> Array:
    """theta (n,) after one step of Nesterov's method, from the point ahead that torch keeps."""
    kept: dict[str, Any] = {"momentum_buffer": -v / alpha}
    ahead = _stepped("SGD", theta + eta * v, g_ahead, kept, lr=alpha, momentum=eta, nesterov=True)
    found: Array = ahead + eta * alpha * array(kept["momentum_buffer"])
    return found


def rmsprop(theta: Array, s: Array, g: Array, alpha: float, beta: float, epsilon: float) -> Array:
    """theta (n,) after one step of RMSProp."""
    return _stepped("RMSprop", theta, g, {"step": 0, "square_avg": s}, lr=alpha, alpha=beta, eps=epsilon)


def adam(
    theta: Array, m: Array, s: Array, g: Array, t: float, alpha: float, beta_1: float, beta_2: float, epsilon: float
) -> Array:  # fmt: skip
    """theta (n,) after step t of Adam."""
    state = {"step": t - 1, "exp_avg": m, "exp_avg_sq": s}
    return _stepped("Adam", theta, g, state, lr=alpha, betas=(beta_1, beta_2), eps=epsilon)


def newton(theta: Array, g: Array, H: Array, alpha: float) -> Array:
    """theta (n,) after the step that minimises the quadratic model, times alpha."""
    return theta + alpha * least(lambda d: constant(g) @ d + d @ constant(H) @ d / 2, len(g))


def preconditioned(theta: Array, g: Array, B: Array, alpha: float) -> Array:
    """theta (n,) after a gradient step in the coordinates in which B is the identity."""
    factor = np.linalg.cholesky(B)  # with theta = inv(factor).T u the gradient by u is inv(factor) g
    u = factor.T @ theta - alpha * np.linalg.solve(factor, g)
    return np.asarray(np.linalg.solve(factor.T, u))


def assumed_curvature(n: int, alpha: float) -> Array:
    """The matrix B (n, n) for which the step of SGD is -inv(B) times the gradient, from one step along each axis."""
    steps = [sgd(np.zeros(n), row, alpha) for row in np.eye(n)]
    return np.asarray(-np.linalg.inv(np.array(steps)))


def steepest(g: Array, r: float) -> Array:
    """The d (n,) with |d| <= r and the least g.d, from the singular vectors of g as a matrix with one row."""
    left, _, right = np.linalg.svd(g[None, :], full_matrices=False)
    return np.asarray(-r * left[0, 0] * right[0])


def steepest_in_cube(g: Array, r: float) -> Array:
    """The d (n,) with entries of size at most r and the least g.d, the best of all corners."""
    return gradient_descent_steepest.best_step(g, g, np.eye(len(g)), r, "cube")


def quadratic_step(g: Array, L: float) -> Array:
    """The minimiser (n,) of g.d + L/2 |d|^2."""
    return least(lambda d: constant(g) @ d + L / 2 * (d @ d), len(g))


def quadratic_decrease(g: Array, L: float) -> float:
    """How far below 0 the minimum of g.d + L/2 |d|^2 lies."""
    d = quadratic_step(g, L)
    return float(-(g @ d + L / 2 * (d @ d)))


def line_search(g: Array, H: Array) -> float:
    """The alpha (a number) that minimises the quadratic model along -g."""
    slope, bend = constant(g), constant(H)
    return float(least(lambda a: -a[0] * (slope @ slope) + a[0] ** 2 * (slope @ bend @ slope) / 2, 1)[0])


def _stepped(name: str, theta: Array, g: Array, state: dict[str, Any], **settings: Any) -> Array:
    """theta after one step of torch.optim from this state, which it changes."""
    import torch

    at = leaf(theta)
    optimiser = getattr(torch.optim, name)([at], **settings)
    if state:
        state.update({key: constant(value).clone() for key, value in state.items()})
        optimiser.state[at] = state
    at.grad = constant(g)
    optimiser.step()
    return array(at)
