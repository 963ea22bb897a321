"""Grids of numbers as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import ceil

from markupsafe import Markup

from chainrule.numbers import number_text
from chainrule.picture_frame import framed
from solutions.drawings import Grid, Grids

WIDTH = 460  # at most, where grids can stand below one another
CELL, GAP, BELOW, MARGIN = 40, 36, 14, 4  # cells, between grids, between rows of grids, around all
LETTER = 7.6


def grids_svg(drawing: Grids, label: str) -> Markup:
    """The grids side by side as SVG, in rows where they are too many. label: their text alternative."""
    pieces: list[Markup] = []
    left, top, right, bottom = MARGIN, 0, 0, 0
    for grid in drawing.grids:
        wide = max(sum(_widths(grid)), ceil(LETTER * len(grid.name)))
        if left > MARGIN and left + wide + MARGIN > WIDTH:
            left, top = MARGIN, bottom + BELOW
        pieces += _grid(grid, left, top)
        right, bottom = max(right, left + wide), max(bottom, top + 28 + CELL * len(grid.rows))
        left += wide + GAP
    return framed("picture grids", right + MARGIN, bottom + 6, label, pieces)


def _widths(grid: Grid) -> list[int]:
    """Of the columns: words may need more than a cell."""
    texts = [[_shown(value) for value in column] for column in zip(*grid.rows, strict=True)]
    return [max(CELL, ceil(LETTER * max(map(len, column))) + 10) for column in texts]


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else number_text(value)


def _grid(grid: Grid, left: int, top: int) -> Iterator[Markup]:
    yield Markup('<text class="plot-name" x="{}" y="{}">{}</text>').format(left, top + 18, grid.name)
    widths = _widths(grid)
    lefts = list(accumulate(widths, initial=left))
    places = [(i, j) for i in range(len(grid.rows)) for j in range(len(widths))]
    cell = Markup(
        '<g class="cell{}"><rect x="{}" y="{}" width="{}" height="{}"/>'
        '<text x="{:g}" y="{:g}" text-anchor="middle">{}</text></g>'
    )
    for i, j in sorted(places, key=lambda place: place in grid.marked):  # a marked one's frame lies above the others
        marked = " cell-marked" if (i, j) in grid.marked else ""
        x, y = lefts[j], top + 28 + CELL * i
        middle = x + widths[j] / 2, y + CELL / 2 + 5
        yield cell.format(marked, x, y, widths[j], CELL, *middle, _shown(grid.rows[i][j]))
