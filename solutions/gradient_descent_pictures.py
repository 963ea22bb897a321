"""Drawings of gradient descent: paths of its iterates."""

from __future__ import annotations

from solutions.drawings import Plot, Series
from solutions.gradient_descent_paths import iterates

SHOWN = 5  # steps


def path(alpha: float, r: float, q: float, x0: float, y0: float) -> Plot:
    """The first steps of gradient descent whose coordinates shrink by r (x) and q (y), from (x0, y0)."""
    lx, ly = (1 - float(r)) / float(alpha), (1 - float(q)) / float(alpha)
    points = tuple((round(x, 4), round(y, 4)) for x, y in iterates(lx, ly, alpha, x0, y0, SHOWN))
    marks = (Series("path", points), Series("iterates", points, "dots"), Series("minimum", ((0.0, 0.0),), "crosses"))
    return Plot("The path of gradient descent", "x", "y", marks, square=True)
