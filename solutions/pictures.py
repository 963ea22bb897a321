"""Drawings for prompts, made from a variant's drawn values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from solutions import curves
from solutions.drawings import Graph, Grid, Grids, Node, Plot, Series

Array = NDArray[np.float64]


def early_stopping(best: int, fall: float, rise: float, floor: float) -> Plot:
    """The two errors by epoch of `curves.errors`."""
    return _curves(*curves.errors(best, fall, rise, floor))


def diagnosis(kind: str, level: float, target: float) -> Plot:
    """The two errors by epoch of `curves.shaped`, with the error that is aimed at."""
    plot = _curves(*curves.shaped(kind, level, target))
    ends = plot.series[0].points[0][0], plot.series[0].points[-1][0]
    return replace(plot, series=(*plot.series, Series("target", tuple((x, target) for x in ends))))


def _curves(train: Array, held: Array) -> Plot:
    both = (Series("training", _points(train)), Series("validation", _points(held)))
    return Plot("Error by epoch", "epoch", "error", both)


def _points(values: Array) -> tuple[tuple[float, float], ...]:
    return tuple((float(i + 1), round(float(value), 3)) for i, value in enumerate(values))


def convolved_grids(image: Array, kernel: Array, row: int, column: int) -> Grids:
    """The image with one place marked, and the kernel. image: (H, W); kernel: (k, k); row, column: of an output."""
    k = len(kernel)
    seen = frozenset((row + u, column + v) for u in range(k) for v in range(k))
    return Grids("An image and a kernel", (Grid("image", _rows(image), seen), Grid("kernel", _rows(kernel))))


def _rows(values: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(v) for v in row) for row in values)


def two_classes(w1: float, w2: float, b: float) -> Plot:
    """Points of two classes on both sides of the line w1·x1 + w2·x2 + b = 0, and that line."""
    points = np.array([(x, y) for x in range(-3, 4) for y in range(-3, 4) if (2 * x + 3 * y) % 5 < 2], dtype=float)
    scores = (points @ np.array([w1, w2]) + b) / np.hypot(w1, w2)
    positive, negative = points[scores > 0.5], points[scores < -0.5]
    groups = [tuple((float(x), float(y)) for x, y in group) for group in (positive, negative)]
    return Plot(
        "Two classes and a decision boundary", "x1", "x2",
        (
            Series("boundary", _line(points, w1, w2, b)),
            Series("y = 1", groups[0], "dots"), Series("y = 0", groups[1], "crosses"),
        ),
        square=True,
    )  # fmt: skip


def _line(points: Array, w1: float, w2: float, b: float) -> tuple[tuple[float, float], ...]:
    """Where the line leaves the box around the points."""
    (left, low), (right, high) = points.min(0), points.max(0)
    if abs(w2) >= abs(w1):
        return tuple((float(x), float(-(w1 * x + b) / w2)) for x in (left, right))
    return tuple((float(-(w2 * y + b) / w1), float(y)) for y in (low, high))


def small_graph(a: float, b: float, c: float, inner: str, outer: str) -> Graph:
    """Inputs a, b, c with their values; u made of a and b, v = u + c, y of v and u. inner, outer: formulas as shown."""
    given = tuple(Node(name, name, f"{value:g}".replace("-", "−")) for name, value in (("a", a), ("b", b), ("c", c)))
    made = (Node("u", inner, uses=("a", "b")), Node("v", "u + c", uses=("u", "c")), Node("y", outer, uses=("v", "u")))
    return Graph("A computation graph", (*given, *made))
