"""Pictures in words and numbers: what the terminal shows, and what a screen reader reads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from chainrule.numbers import number_text
from chainrule.picture_words import diagram_lines, strip_line
from solutions.drawings import Diagram, Drawing, Graph, Grid, Grids, Heat, Plot, Series, Strips

MOST_COLUMNS = 9  # of a table that stands for a long line
ALL_COLUMNS = 13  # a line with no more points is told whole
MOST_TURNS = 40  # points of a way that turns


def picture_text(drawing: Drawing) -> str:
    """The picture's content as lines of text that begin with its title."""
    return "\n".join([drawing.title, *_lines(drawing)])


def _lines(drawing: Drawing) -> list[str]:
    match drawing:
        case Plot():
            return _plot_lines(drawing)
        case Grids():
            return [line for grid in drawing.grids for line in _grid_lines(grid)]
        case Heat():
            return _heat_lines(drawing)
        case Strips():
            return [f"  {strip_line(strip)}" for strip in drawing.strips]
        case Graph():
            return [f"  {_node(drawing, i)}" for i in range(len(drawing.nodes))]
        case Diagram():
            return diagram_lines(drawing)


def _plot_lines(plot: Plot) -> list[str]:
    """A table of the lines where they share their places, else a list for each; nameless thin ones are counted."""
    told = [series for series in plot.series if series.name or series.mark != "thin"]
    lines = [series for series in told if series.mark not in ("dots", "crosses")]
    marks = [_series_line(s, s.points, ", ") for s in told if s not in lines]
    thin = len(plot.series) - len(told)
    marks += [f"  and {thin} thin line{'s' if thin > 1 else ''}"] if thin else []
    if not lines:
        return marks
    if any([x for x, _ in s.points] != [x for x, _ in lines[0].points] for s in lines):
        return [_series_line(s, _some(s), " – ") for s in lines] + marks
    shown = [_some(series) for series in lines]
    rows = [[plot.x, *(number_text(x) for x, _ in shown[0])]]
    rows += [[s.name, *(number_text(y) for _, y in points)] for s, points in zip(lines, shown, strict=True)]
    return _rows(rows) + marks


def _series_line(series: Series, points: Sequence[tuple[float, float]], between: str) -> str:
    told = between.join(_point(point) for point in points)
    return f"  {series.name}: {told}" if series.name else f"  {told}"


def _some(series: Series) -> Sequence[tuple[float, float]]:
    """Points from the first to the last, evenly, so that a line of text holds them; more of a way that turns."""
    points = series.points
    turns = any(x >= after for (x, _), (after, _) in pairwise(points))
    if len(points) <= (MOST_TURNS if turns else ALL_COLUMNS):
        return points
    most = MOST_TURNS if turns else MOST_COLUMNS
    step = (len(points) - 1) / (most - 1)
    return [points[round(i * step)] for i in range(most)]


def _heat_lines(heat: Heat) -> list[str]:
    names = [f"  rows: {heat.y}"] if heat.y else []
    names += [f"  columns: {heat.x}"] if heat.x else []
    rows = [["", *heat.columns]]
    rows += [[n, *map(number_text, row)] for n, row in zip(heat.rows, heat.values, strict=True)]
    return names + _rows(rows)


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
    back = ", ".join(f"{g} to {used}" for used, g in zip(node.uses, node.back, strict=False))
    return f"{node.name}{made}" + (f" = {node.value}" if node.value else "") + (f"; gives back {back}" if back else "")
