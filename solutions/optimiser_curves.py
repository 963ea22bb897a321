"""Ways down one long valley: f(x, y) = (x² + kappa·y²) / 2, whose least and greatest curvatures are 1 and kappa.

Each way has the step, and the momentum, with which it converges fastest on such quadratics: Lessard, Recht & Packard
2016, proposition 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import circle, level, placed, series
from solutions.drawings import Plot, Series

START = (-6.0, 1.5)
CONTOURS = (0.25, 2.0, 6.0, 14.0, 26.0)  # values of f on the lines drawn
SHOWN = 14  # steps of a path
LEAST = 1e-8  # of a loss that is drawn
Slope = Callable[[Array], Array]


def gradient_descent(slope: Slope, at: Array, step: float) -> Iterator[Array]:
    """The points of w ← w − step·∇f(w), from `at` on."""
    while True:
        yield at
        at = at - step * slope(at)


def momentum(slope: Slope, at: Array, step: float, beta: float) -> Iterator[Array]:
    """The points of v ← beta·v − step·∇f(w), w ← w + v."""
    moving = np.zeros_like(at)
    while True:
        yield at
        moving = beta * moving - step * slope(at)
        at = at + moving


def nesterov(slope: Slope, at: Array, step: float, beta: float) -> Iterator[Array]:
    """The points of v ← beta·v − step·∇f(w + beta·v), w ← w + v."""
    moving = np.zeros_like(at)
    while True:
        yield at
        moving = beta * moving - step * slope(at + beta * moving)
        at = at + moving


def ways(kappa: float, start: Array) -> Mapping[str, Iterator[Array]]:
    """Each way down from the start, without an end."""
    curvatures = np.linspace(1, kappa, len(start))
    root, wide = np.sqrt(kappa), np.sqrt(3 * kappa + 1)

    def slope(w: Array) -> Array:
        return curvatures * w

    def newton() -> Iterator[Array]:
        yield start
        while True:
            yield start - np.linalg.solve(np.diag(curvatures), slope(start))

    return {
        "gradient descent": gradient_descent(slope, start, 2 / (1 + kappa)),
        "momentum": momentum(slope, start, 4 / (1 + root) ** 2, ((root - 1) / (root + 1)) ** 2),
        "Nesterov": nesterov(slope, start, 4 / (3 * kappa + 1), (wide - 2) / (wide + 2)),
        "Newton": newton(),
    }


def points(way: Iterator[Array], steps: int) -> Array:
    """The start and so many steps, (steps + 1, dimensions)."""
    return np.array([next(way) for _ in range(steps + 1)])


def paths(kappa: float = 20.0, first: str = "gradient descent", second: str = "Newton") -> Plot:
    """Two of the ways down on the contour lines of f, all drawn from one start."""
    names = (first, second)
    chosen = ways(kappa, np.array(START))
    drawn = [placed(name, points(chosen[name], 1 if name == "Newton" else SHOWN), "path") for name in names]
    lowest = series("minimum", 0, 0, "crosses")
    title = f"{first} and {second} down a valley"
    return Plot(title[0].upper() + title[1:], "x", "y", (*drawn, lowest, *contours(kappa)), square=True)


def momentum_paths(kappa: float = 20.0) -> Plot:
    """Momentum and Nesterov's momentum as in `paths`."""
    return paths(kappa, "momentum", "Nesterov")


def contours(kappa: float) -> tuple[Series, ...]:
    """The ellipses on which f has the values of `CONTOURS`."""
    x, y = circle(49).T
    radii = [np.sqrt(2 * value) for value in CONTOURS]
    return tuple(series("", r * x, r / np.sqrt(kappa) * y, "thin") for r in radii)


def losses_by_step(kappa: float = 20.0, steps: int = 40) -> Plot:
    """f at each step of every way, down to 1e-8, where a line ends; Newton's f is 0 after one step."""
    curvatures, shown = np.array([1.0, kappa]), []
    for name, way in ways(kappa, np.array(START)).items():
        losses = np.maximum(points(way, steps) ** 2 @ curvatures / 2, LEAST)
        k = np.arange(min(steps, int(losses.argmin())) + 1)
        shown.append(series(name, k, losses[k]))
    return Plot("The loss by step", "step", "f", tuple(shown), log=True)


def learning_rates(rates: tuple[float, ...] = (0.5, 1.0, 1.9, 2.1), steps: int = 12) -> Plot:
    """x by step of gradient descent on x²/2 from 1 with these steps, which are in units of 1/L."""
    k = np.arange(steps + 1)
    runs = [points(gradient_descent(lambda w: w, np.ones(1), rate), steps).ravel() for rate in rates]
    shown = [series(f"{rate:g}/L", k, run, "path") for rate, run in zip(rates, runs, strict=True)]
    return Plot("Steps of gradient descent on L·x²/2", "step", "x", (*shown, level("", k, 0.0)))
