"""Scores of a segmentation, by painting pixels: what a table of counts stands for is laid out pixel by pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solutions.arrays import Array
from solutions.drawings import Grid, Grids

Labels = NDArray[np.int64]


def table(counts: Array, rows: str) -> Grids:
    """The table of pixel counts (3, 3), with what its rows and columns are."""
    told = tuple(tuple(float(count) for count in row) for row in counts)
    columns = "predicted class" if rows == "right class" else "right class"
    return Grids("Pixels", (Grid(f"row: {rows}, column: {columns} (classes 0, 1, 2)", told),))


def _painted(counts: Array, rows: str) -> tuple[Labels, Labels]:
    """The right class and the predicted class of every pixel."""
    places = [(i, j) for i in range(3) for j in range(3) for _ in range(int(counts[i, j]))]
    first, second = np.array(places).T
    return (first, second) if rows == "right class" else (second, first)


def overlap(counts: Array, rows: str, asked: int) -> float:
    """Pixels that are of a class in both maps, over those that are in at least one."""
    right, found = _painted(counts, rows)
    return float(np.sum((right == asked) & (found == asked)) / np.sum((right == asked) | (found == asked)))


def mean_overlap(counts: Array, rows: str) -> float:
    """Mean of `overlap` over the three classes."""
    return float(np.mean([overlap(counts, rows, k) for k in range(3)]))


def accuracy(counts: Array, rows: str) -> float:
    """Share of the pixels with the right class."""
    right, found = _painted(counts, rows)
    return float(np.mean(right == found))


def share(counts: Array, rows: str, asked: int, measure: str) -> float:
    """'recall': of the pixels of a class, the share found; 'precision': of those found, the share that is right."""
    right, found = _painted(counts, rows)
    among = right == asked if measure == "recall" else found == asked
    return float(np.mean((right == found)[among]))
