"""Pictures in words and numbers: what the terminal shows, and what a screen reader reads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from chainrule.numbers import number_text
from solutions.drawings import Drawing, Graph, Grid, Grids, Plot, Series

MOST_COLUMNS = 9  # of a table that stands for a long line
ALL_COLUMNS = 13  # a line with no more points is told whole


def picture_text(drawing: Drawing) -> str:
    """The picture's content as lines of text that begin with its title."""
    match drawing:
        case Plot():
            return "\n".join([drawing.title, *_plot_lines(drawing)])
        case Grids():
            return "\n".join([drawing.title, *(line for grid in drawing.grids for line in _grid_lines(grid))])
        case Graph():
            return "\n".join([drawing.title, *(f"  {_node(drawing, i)}" for i in range(len(drawing.nodes)))])


def _plot_lines(plot: Plot) -> list[str]:
    lines = [series for series in plot.series if series.mark == "line"]
    told = [f"  {s.name}: {', '.join(_point(p) for p in s.points)}" for s in plot.series if s.mark != "line"]
    if not lines:
        return told
    if any([x for x, _ in s.points] != [x for x, _ in lines[0].points] for s in lines):
        return [f"  {s.name}: {' – '.join(_point(p) for p in _some(s))}" for s in lines] + told
    shown = [_some(series) for series in lines]
    rows = [[plot.x, *(number_text(x) for x, _ in shown[0])]]
    rows += [[s.name, *(number_text(y) for _, y in points)] for s, points in zip(lines, shown, strict=True)]
    return _rows(rows) + told


def _some(series: Series) -> Sequence[tuple[float, float]]:
    """Points from the first to the last, evenly, so that a line of text holds them; all of a way that turns."""
    points = series.points
    turns = any(x >= after for (x, _), (after, _) in pairwise(points))
    if len(points) <= ALL_COLUMNS or turns:
        return points
    step = (len(points) - 1) / (MOST_COLUMNS - 1)
    return [points[round(i * step)] for i in range(MOST_COLUMNS)]


def _point(point: tuple[float, float]) -> str:
    return f"({number_text(point[0])}, {number_text(point[1])})"


def _grid_lines(grid: Grid) -> list[str]:
    return [_heading(grid), *_rows([[_cell(value) for value in row] for row in grid.rows])]


def _heading(grid: Grid) -> str:
    marked = ", ".join(f"({i}, {j})" for i, j in sorted(grid.marked))
    return f"  {grid.name}" + (f", marked at (row, column) {marked}" if marked else "") + ":"


def _cell(value: float | str) -> str:
    return value if isinstance(value, str) else number_text(value)


def _rows(rows: Sequence[Sequence[str]]) -> list[str]:
    """Cells in columns, the numbers on the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _node(graph: Graph, i: int) -> str:
    node = graph.nodes[i]
    made = f" = {node.text}" if node.uses else ""
    return f"{node.name}{made}" + (f" = {node.value}" if node.value else "")
