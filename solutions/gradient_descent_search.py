"""Gradient descent with exact line search on quadratics: the best point of a ray found from three values on it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array, array, constant, leaf

Objective = Callable[[Array], float]


def exact_step(t: Array, b: Array, H: Array, g: Array, kind: str) -> float:
    """alpha, for a point whose gradient is g: the point is solved for, so b and t do not matter."""
    point, objective = _placed(b, H, g, kind)
    return _best(objective, point, g)


def decrease(t: Array, b: Array, H: Array, g: Array, kind: str) -> float:
    """The objective before the step less that after it."""
    point, objective = _placed(b, H, g, kind)
    return objective(point) - objective(point - _best(objective, point, g) * np.asarray(g))


def second_after_one(p: float, q: float, c: float, x0: float, y0: float) -> float:
    """y after one step on c*(p x^2 + q y^2)/2."""
    return float(_descended(p, q, c, x0, y0, 1)[1][1])


def ratio_after(p: float, q: float, c: float, x0: float, y0: float, k: int) -> float:
    """The objective after k steps over that at the start, run."""
    objective, at = _descended(p, q, c, x0, y0, int(k))
    return objective(at) / objective(np.array([float(x0), float(y0)]))


def _descended(p: float, q: float, c: float, x0: float, y0: float, steps: int) -> tuple[Objective, Array]:
    import torch

    bends, at = constant([float(p), float(q)]), np.array([float(x0), float(y0)])

    def objective(place: Array) -> float:
        return float(float(c) * (bends * constant(place).square()).sum() / 2)

    for _ in range(steps):
        point = leaf(at)
        (slope,) = torch.autograd.grad(float(c) * (bends * point.square()).sum() / 2, point)
        at = at - _best(objective, at, array(slope)) * array(slope)
    return objective, at


def _placed(b: Array, H: Array, g: Array, kind: str) -> tuple[Array, Objective]:
    """The point whose gradient is g, and the objective, less what it is at that point."""
    bend = np.asarray(H) * (1 if kind == "half" else 2)
    point: Array = np.asarray(np.linalg.solve(bend, np.asarray(g) + np.asarray(b)), dtype=np.float64)

    def objective(t: Array) -> float:
        return float(t @ bend @ t / 2 - np.asarray(b) @ t)

    return point, objective


def _best(objective: Objective, point: Array, g: Array) -> float:
    """The alpha at which the objective is least on point - alpha*g: the top of the parabola through three values."""
    size = 1.0
    values = [objective(point - alpha * np.asarray(g)) for alpha in (0.0, size, 2 * size)]
    bend = values[0] - 2 * values[1] + values[2]
    slope = (4 * values[1] - 3 * values[0] - values[2]) / 2
    return -slope * size / bend
