"""Wrong references for code on curvature, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_curvature as right
from solutions.arrays import Array


def lbfgs_sign(g: Array, S: Array, Y: Array, gamma: float) -> Array:
    """Adds beta - alpha in the second loop."""
    return _two_loops(g, S, Y, gamma, sign=-1)


def lbfgs_exchanged(g: Array, S: Array, Y: Array, gamma: float) -> Array:
    """Exchanges steps and changes of the gradient."""
    return right.lbfgs_product(g, Y, S, gamma)


def lbfgs_oldest_first(g: Array, S: Array, Y: Array, gamma: float) -> Array:
    """Goes through the pairs the wrong way round in both loops."""
    return right.lbfgs_product(g, S[::-1], Y[::-1], gamma)


def lbfgs_no_gamma(g: Array, S: Array, Y: Array, gamma: float) -> Array:
    """Starts at the identity."""
    return right.lbfgs_product(g, S, Y, 1.0)


def _two_loops(g: Array, S: Array, Y: Array, gamma: float, *, sign: int) -> Array:
    q, alphas = g.copy(), []
    for s, y in zip(S[::-1], Y[::-1], strict=True):
        alphas.append((s @ q) / (y @ s))
        q = q - alphas[-1] * y
    r = gamma * q
    for s, y, alpha in zip(S, Y, alphas[::-1], strict=True):
        r = r + sign * (alpha - (y @ r) / (y @ s)) * s
    return np.asarray(r)


def gauss_newton_no_head(X: Array, W: Array, a: Array, V: Array, u: Array) -> tuple[Array, Array]:
    """Lets only W move."""
    return right.gauss_newton_product(X, W, a, V, 0 * u)


def gauss_newton_no_slope(X: Array, W: Array, a: Array, V: Array, u: Array) -> tuple[Array, Array]:
    """Leaves out the slope of tanh."""
    h = np.tanh(X @ W.T)
    moved = h @ u + (X @ V.T) @ a
    return np.outer(a, moved @ X), h.T @ moved


def gauss_newton_mean(X: Array, W: Array, a: Array, V: Array, u: Array) -> tuple[Array, Array]:
    """Averages over the examples."""
    first, second = right.gauss_newton_product(X, W, a, V, u)
    return first / len(X), second / len(X)


def gauss_newton_blocks(X: Array, W: Array, a: Array, V: Array, u: Array) -> tuple[Array, Array]:
    """Leaves out the blocks between W and a."""
    first, _ = right.gauss_newton_product(X, W, a, V, 0 * u)
    _, second = right.gauss_newton_product(X, W, a, 0 * V, u)
    return first, second


def low_rank_plus(d: Array, U: Array, v: Array) -> Array:
    """Adds the correction."""
    return np.asarray(2 * v / d - right.low_rank_solve(d, U, v))


def low_rank_core(d: Array, U: Array, v: Array) -> Array:
    """Leaves the inverse of d out of the core."""
    scaled = U / d[:, None]
    return np.asarray(v / d - scaled @ np.linalg.solve(np.eye(U.shape[1]) + U.T @ U, scaled.T @ v))


def low_rank_diagonal(d: Array, U: Array, v: Array) -> Array:
    """Forgets the low-rank part."""
    return np.asarray(v / d)


def low_rank_multiplied(d: Array, U: Array, v: Array) -> Array:
    """Multiplies where it should solve."""
    return np.asarray(d * v + U @ (U.T @ v))
