"""Wrong references for code on gradient descent with exact line search, each one slip away from the right one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array

Path = tuple[Array, Array]
Step = Callable[[Array, Array], Array]


def descend_uphill(H: Array, b: Array, start: Array, steps: int) -> Path:
    """Steps along the gradient."""
    return _run(H, b, start, steps, lambda t, g: t + _size(H, g) * g)


def descend_twice(H: Array, b: Array, start: Array, steps: int) -> Path:
    """Steps twice as long."""
    return _run(H, b, start, steps, lambda t, g: t - 2 * _size(H, g) * g)


def descend_without_linear_term(H: Array, b: Array, start: Array, steps: int) -> Path:
    """Takes H t for the gradient."""

    def step(t: Array, g: Array) -> Array:
        slope = H @ t
        return t - _size(H, slope) * slope

    return _run(H, b, start, steps, step)


def descend_first_step_size(H: Array, b: Array, start: Array, steps: int) -> Path:
    """Keeps the step size of the first step."""
    size = _size(H, H @ start - b)
    return _run(H, b, start, steps, lambda t, g: t - size * g)


def descend_one_late(H: Array, b: Array, start: Array, steps: int) -> Path:
    """Records the point before each step."""
    points, _ = _run(H, b, start, steps, lambda t, g: t - _size(H, g) * g)
    late = np.concatenate([start[None], points[:-1]])
    return late, np.array([_value(H, b, t) for t in late])


def descend_newton(H: Array, b: Array, start: Array, steps: int) -> Path:
    """Goes to the minimum at once."""
    return _run(H, b, start, steps, lambda t, g: t - np.linalg.solve(H, g))


def descend_nan(H: Array, b: Array, start: Array, steps: int) -> Path:
    """Divides by zero at the minimum."""

    def step(t: Array, g: Array) -> Array:
        with np.errstate(all="ignore"):
            return np.asarray(t - (g @ g) / (g @ H @ g) * g)

    return _run(H, b, start, steps, step)


def _size(H: Array, g: Array) -> float:
    return float((g @ g) / (g @ H @ g)) if g.any() else 0.0


def _value(H: Array, b: Array, t: Array) -> float:
    return float(t @ H @ t / 2 - b @ t)


def _run(H: Array, b: Array, start: Array, steps: int, step: Step) -> Path:
    t, points = start, []
    for _ in range(steps):
        t = step(t, H @ t - b)
        points.append(t)
    return np.array(points), np.array([_value(H, b, t) for t in points])
