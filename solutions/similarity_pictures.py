"""Drawings for questions on embeddings."""

from __future__ import annotations

from solutions.arrays import Array
from solutions.drawings import Grid, Grids


def distances(dp: Array, dn: Array) -> Grids:
    """Two tables of one row: distances from the anchor to its positives, and to its negatives."""
    rows = [tuple(float(value) for value in row) for row in (dp, dn)]
    return Grids("Distances from the anchor", (Grid("positives", (rows[0],)), Grid("negatives", (rows[1],))))
