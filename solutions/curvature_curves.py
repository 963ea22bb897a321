"""What curvature is good for: models of a loss, steps of Newton near a saddle, damping, quick convergence."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import circle, placed, series
from solutions.drawings import Plot, Series

HERE = 0.9  # where the models of log cosh are made
STARTS = (0.9, 0.3)  # near the saddle of `surface`
LEVELS = (-0.2, -0.1, -0.02, 0.1, 0.4)
HESSIAN, SLOPE = np.diag([0.5, 4.0]), np.array([1.0, 4.0])  # of the model that damping is shown on
TARGET = 0.2  # the share of ones that the logistic loss of `errors_by_step` is made of


def models(step: float = 1.0) -> Plot:
    """log cosh x, its tangent, and two quadratic models at one place: descent's with this step, and Newton's."""
    x = np.linspace(-2, 2.2, 85)
    f, g, h = np.log(np.cosh(HERE)), np.tanh(HERE), 1 / np.cosh(HERE) ** 2
    d = x - HERE
    lowest = [(HERE - g * t, f - g**2 * t / 2) for t in (step, 1 / h)]
    shown = (
        series("f", x, np.log(np.cosh(x))),
        series("model of descent", x[np.abs(d) < 2], (f + g * d + d**2 / (2 * step))[np.abs(d) < 2]),
        series("model of Newton", x, f + g * d + h * d**2 / 2),
        placed("where they lead", lowest, "dots"),
        series("first order", x[d > -1.6], (f + g * d)[d > -1.6], "thin"),
    )
    return Plot("Models of a loss at one place", "x", "f", shown)


def surface(w: Array) -> float:
    """x²/2 + y⁴/4 − y²/2: a saddle at (0, 0) between minima at (0, −1) and (0, 1)."""
    x, y = w
    return float(x**2 / 2 + y**4 / 4 - y**2 / 2)


def saddle(damping: float = 1.5, steps: int = 12) -> Plot:
    """Steps near a saddle of descent, of Newton, who goes to the saddle, and of Newton with damping·I added."""
    shown = (
        placed("descent", descended(0.3, 2 * steps), "path"),
        placed("Newton", newton_steps(0.0, steps), "path"),
        placed("damped Newton", newton_steps(damping, steps), "path"),
        placed("minima", ((0, 1), (0, -1)), "crosses"),
    )
    return Plot("Steps near a saddle", "x", "y", (*shown, *_contours()), square=True)


def descended(step: float, steps: int) -> Array:
    """The points of gradient descent on `surface`, (steps + 1, 2)."""
    found = [np.array(STARTS)]
    for _ in range(steps):
        found.append(found[-1] - step * _slope(found[-1]))
    return np.array(found)


def newton_steps(damping: float, steps: int) -> Array:
    """The points of Newton's method with damping, (steps + 1, 2)."""
    found = [np.array(STARTS)]
    for _ in range(steps):
        w = found[-1]
        hessian = np.diag([1.0, 3 * w[1] ** 2 - 1]) + damping * np.eye(2)
        found.append(w - np.linalg.solve(hessian, _slope(w)))
    return np.array(found)


def _slope(w: Array) -> Array:
    return np.array([w[0], w[1] ** 3 - w[1]])


def _contours() -> list[Series]:
    """Where `surface` has the values of `LEVELS`: round both minima apart below 0, round both at once above."""
    found = []
    for value in LEVELS:
        root = np.sqrt(1 + 4 * value)  # y² = 1 ± root where x = 0
        high, low = np.sqrt(1 + root), np.sqrt(1 - root) if value < 0 else -np.sqrt(1 + root)
        across, up = circle(41).T
        y = (high + low) / 2 + (high - low) / 2 * up
        x = np.sqrt(np.maximum(2 * (value - y**4 / 4 + y**2 / 2), 0)) * np.sign(across)
        found += [series("", x, side * y, "thin") for side in ((1, -1) if value < 0 else (1,))]
    return found


def damping_path() -> Plot:
    """The step −(H + λI)⁻¹g as λ falls from large to 0: first short and down the slope, in the end Newton's."""
    steps = [damped(float(rate)) for rate in (1e3, 30, 12, 6, 3, 1.5, 0.7, 0.3, 0.1, 0)]
    newton, cauchy = damped(0.0), -SLOPE * (SLOPE @ SLOPE) / (SLOPE @ HESSIAN @ SLOPE)
    lines = []
    for size in (0.5, 1.0, 1.5, 2.0):
        ellipse = newton + size * circle(49) / np.sqrt(np.diag(HESSIAN))
        lines.append(placed("", ellipse, "thin"))
    shown = (
        placed("damped steps", steps, "path"),
        placed("down the slope", ((0, 0), cauchy)),
        placed("Newton", newton, "crosses"),
    )
    return Plot("Damping, from steepest descent to Newton", "step in x", "step in y", (*shown, *lines), square=True)


def damped(rate: float) -> Array:
    """The step (2,) with this damping."""
    found: Array = np.linalg.solve(HESSIAN + rate * np.eye(2), -SLOPE)
    return found


def errors_by_step() -> Plot:
    """Distances to the minimum by step, down to rounding: a line for descent, bent down for secants and for Newton."""
    shown = [series(name, np.arange(len(run)), run) for name, run in errors().items()]
    return Plot("How fast a logistic loss is minimised", "step", "distance to the minimum", tuple(shown), log=True)


def errors(steps: int = 30) -> dict[str, list[float]]:
    """Distances by step on softplus(w) − TARGET·w from w = 0, while they are above 1e-13."""
    best = np.log(TARGET / (1 - TARGET))

    def slope(w: float) -> float:
        return float(1 / (1 + np.exp(-w)) - TARGET)

    runs: dict[str, list[float]] = {"descent, step 1/L": [0.0], "secant": [0.0, -4 * slope(0.0)], "Newton": [0.0]}
    for _ in range(steps):
        plain, secant, newton = runs.values()
        plain.append(plain[-1] - 4 * slope(plain[-1]))  # L = 1/4
        if abs(secant[-1] - best) > 1e-13:
            rise = (slope(secant[-1]) - slope(secant[-2])) / (secant[-1] - secant[-2])
            secant.append(secant[-1] - slope(secant[-1]) / rise)
        if abs(newton[-1] - best) > 1e-13:
            share = slope(newton[-1]) + TARGET
            newton.append(newton[-1] - slope(newton[-1]) / (share * (1 - share)))
    return {name: [abs(w - best) for w in run if abs(w - best) > 1e-13] for name, run in runs.items()}
