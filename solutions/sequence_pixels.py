"""Orders in which the pixels of an image are predicted, by walking through the image.

h rows, w columns. kind: 'rows', 'columns', 'snake', 'upwards' or 'leftwards'.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array

Pixel = tuple[int, int]


def places(R: Array, C: Array, h: int, w: int, kind: str) -> Array:
    """Place in the order, from 0, of each of the pixels in rows R and columns C (5,)."""
    path = _walk(int(h), int(w), kind)
    return np.array([path.index((int(r), int(c))) for r, c in zip(R, C, strict=True)], dtype=np.float64)


def known(h: int, w: int, r: int, c: int, kind: str) -> int:
    """Number of pixels that are visited before row r, column c."""
    return _walk(int(h), int(w), kind).index((int(r), int(c)))


def draws(h: int, w: int, kind: str) -> int:
    """Predictions for one image of three channels, each after the one before: the steps of the walk, counted."""
    return sum(len(("red", "green", "blue")) for _ in _walk(int(h), int(w), kind))


def _walk(h: int, w: int, kind: str) -> list[Pixel]:
    grid = [[(row, column) for column in range(w)] for row in range(h)]
    if kind == "columns":
        grid = [list(line) for line in zip(*grid, strict=True)]
    elif kind == "upwards":
        grid = grid[::-1]
    elif kind == "leftwards":
        grid = [line[::-1] for line in grid]
    elif kind == "snake":
        grid = [line[:: 1 if number % 2 == 0 else -1] for number, line in enumerate(grid)]
    return [pixel for line in grid for pixel in line]
