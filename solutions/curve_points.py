"""Points of drawn curves, rounded to what can be seen."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from solutions.arrays import Array
from solutions.drawings import Series

Mark = Literal["line", "dots", "crosses", "thin", "path"]
DIGITS = 4  # of a coordinate: a picture is 460 units wide


def series(name: str, xs: ArrayLike, ys: ArrayLike, mark: Mark = "line") -> Series:
    """The points (x, y) under a name, with four significant digits. xs, ys: as many numbers each."""
    both = zip(np.ravel(xs).tolist(), np.ravel(ys).tolist(), strict=True)
    return Series(name, tuple((_rounded(x), _rounded(y)) for x, y in both), mark)


def placed(name: str, places: ArrayLike, mark: Mark = "line") -> Series:
    """The same of places (n, 2), or of one (2,)."""
    xs, ys = np.reshape(places, (-1, 2)).T
    return series(name, xs, ys, mark)


def level(name: str, xs: ArrayLike, height: float) -> Series:
    """A thin level line from the least to the greatest of xs."""
    ends = float(np.min(xs)), float(np.max(xs))
    return series(name, ends, (height, height), "thin")


def circle(count: int) -> Array:
    """Points of the unit circle, from (1, 0) once around and back to it, (count, 2)."""
    turn = np.linspace(0, 2 * np.pi, count)
    found: Array = np.stack([np.cos(turn), np.sin(turn)], axis=1).round(12)
    return found


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}") + 0.0  # no −0
