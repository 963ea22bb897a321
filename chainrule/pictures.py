"""Pictures as SVG: plots and grids in the page's own colours, so that they fit light, dark and print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup

from chainrule.graph import drawing_svg
from chainrule.numbers import number_text
from chainrule.picture_text import picture_text
from solutions.drawings import Drawing, Graph, Grid, Grids, Plot, Series

WIDTH, HEIGHT = 460, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 46, 44  # margins of the frame that a plot is drawn in
TICKS = 6  # about as many on the axis that runs up
MORE_TICKS = 10  # and on the one that runs across
LEGEND_ROW, LETTER = 18, 7.2  # height of a row of names, width of a letter
CELL, GAP = 40, 36  # of grids


def picture_svg(drawing: Drawing) -> Markup:
    """The picture; its text alternative holds everything that it shows."""
    label = picture_text(drawing)
    match drawing:
        case Plot():
            return _plot(drawing, label)
        case Grids():
            return _grids(drawing, label)
        case Graph():
            return drawing_svg(drawing, label)


@dataclass(frozen=True)
class Axis:
    """From data to places: low and high of the data, start and end in the picture. most: ticks."""

    low: float
    high: float
    start: float
    end: float
    most: int = TICKS

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Round numbers within the axis, steps of 1, 2 or 5 times a power of 10."""
        rough = (self.high - self.low) / self.most
        power = 10.0 ** floor(log10(rough))
        step = next(k * power for k in (1, 2, 5, 10) if k * power >= rough * 0.999)
        first = ceil(self.low / step - 1e-9) * step
        count = floor((self.high - first) / step + 1e-9) + 1
        return tuple(first + i * step for i in range(count))


def axis(values: list[float], start: float, end: float, most: int = TICKS) -> Axis:
    """An axis that holds the values with a little room on both sides."""
    low, high = min(values), max(values)
    room = 0.05 * (high - low) or 1.0
    return Axis(low - room, high + room, start, end, most)


def _plot(plot: Plot, label: str) -> Markup:
    xs = [x for series in plot.series for x, _ in series.points]
    ys = [y for series in plot.series for _, y in series.points]
    across = axis(xs, LEFT, WIDTH - RIGHT, MORE_TICKS)
    up = axis(ys if plot.square else [0.0, *ys], HEIGHT - BOTTOM, TOP)
    if plot.square:
        across, up = _same_scale(across, up)
    pieces = [*_frame(plot, across, up)]
    pieces += [piece for i, series in enumerate(plot.series) for piece in _series(series, i, across, up)]
    places = _legend_places(plot)
    lower = max((row for row, _ in places), default=0) * LEGEND_ROW
    shifted = Markup('<g transform="translate(0 {})">{}</g>').format(lower, Markup("").join(pieces))
    return _svg("plot", WIDTH, HEIGHT + lower, label, [*_legend(plot, places), shifted])


def _same_scale(across: Axis, up: Axis) -> tuple[Axis, Axis]:
    """Both axes widened about their middles so that one unit is as long on both."""
    wide, tall = across.end - across.start, up.start - up.end
    unit = min(wide / (across.high - across.low), tall / (up.high - up.low))
    middles = (across.low + across.high) / 2, (up.low + up.high) / 2
    halves = wide / unit / 2, tall / unit / 2
    return (
        Axis(middles[0] - halves[0], middles[0] + halves[0], across.start, across.end, across.most),
        Axis(middles[1] - halves[1], middles[1] + halves[1], up.start, up.end),
    )


def _frame(plot: Plot, across: Axis, up: Axis) -> Iterator[Markup]:
    line = Markup('<line class="plot-rule" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
    text = Markup('<text class="plot-tick" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>')
    for value in across.ticks:
        yield line.format(across.at(value), TOP, across.at(value), HEIGHT - BOTTOM)
        yield text.format(across.at(value), HEIGHT - BOTTOM + 16, "middle", number_text(value))
    for value in up.ticks:
        yield line.format(LEFT, up.at(value), WIDTH - RIGHT, up.at(value))
        yield text.format(LEFT - 6, up.at(value) + 4, "end", number_text(value))
    name = Markup('<text class="plot-name" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>')
    yield name.format((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", plot.x)
    yield name.format(4, TOP - 8, "start", plot.y)


def _legend_places(plot: Plot) -> list[tuple[int, float]]:
    """Row and left end of each name, as many in a row as there is room for."""
    row, left = 0, float(LEFT)
    places = []
    for series in plot.series:
        wide = 46 + LETTER * len(series.name)
        if left + wide > WIDTH + 16 and left > LEFT:
            row, left = row + 1, float(LEFT)
        places.append((row, left))
        left += wide
    return places


def _legend(plot: Plot, places: list[tuple[int, float]]) -> Iterator[Markup]:
    """Each name in the colour of its series beside a piece of it."""
    for i, (series, (row, left)) in enumerate(zip(plot.series, places, strict=True)):
        yield _sample(series, i, left, 14 + LEGEND_ROW * row)
        name = Markup('<text class="plot-name" x="{:.1f}" y="{}">{}</text>')
        yield name.format(left + 30, 18 + LEGEND_ROW * row, series.name)


def _sample(series: Series, i: int, left: float, y: float) -> Markup:
    if series.mark == "line":
        path = Markup('<path class="series series-{}" d="M{:.1f} {:.0f} H{:.1f}"/>')
        return path.format(i, left, y, left + 24)
    return _mark(series, i, left + 14, y)


def _series(series: Series, i: int, across: Axis, up: Axis) -> Iterator[Markup]:
    places = [(across.at(x), up.at(y)) for x, y in series.points]
    if series.mark != "line":
        yield from (_mark(series, i, x, y) for x, y in places)
        return
    inside = " L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield Markup('<path class="series series-{}" d="M{}"/>').format(i, inside)


def _mark(series: Series, i: int, x: float, y: float) -> Markup:
    if series.mark == "dots":
        return Markup('<circle class="mark mark-{}" cx="{:.1f}" cy="{:.1f}" r="5"/>').format(i, x, y)
    cross = Markup('<path class="series series-{}" d="M{:.1f} {:.1f} l9 9 m0 -9 l-9 9"/>')
    return cross.format(i, x - 4.5, y - 4.5)


def _grids(drawing: Grids, label: str) -> Markup:
    pieces: list[Markup] = []
    left = 4.0
    for grid in drawing.grids:
        pieces += _grid(grid, left)
        left += CELL * len(grid.rows[0]) + GAP
    height = 34 + CELL * max(len(grid.rows) for grid in drawing.grids)
    return _svg("grids", round(left - GAP + 4), height, label, pieces)


def _grid(grid: Grid, left: float) -> Iterator[Markup]:
    yield Markup('<text class="plot-name" x="{:.0f}" y="18">{}</text>').format(left, grid.name)
    cell = Markup(
        '<g class="cell{}"><rect x="{:.0f}" y="{:.0f}" width="{}" height="{}"/>'
        '<text x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text></g>'
    )
    for i, row in enumerate(grid.rows):
        for j, value in enumerate(row):
            x, y = left + CELL * j, 28 + CELL * i
            marked = " cell-marked" if (i, j) in grid.marked else ""
            shown = value if isinstance(value, str) else number_text(value)
            yield cell.format(marked, x, y, CELL, CELL, x + CELL / 2, y + CELL / 2 + 5, shown)


def _svg(kind: str, width: int, height: int, label: str, pieces: list[Markup]) -> Markup:
    head = Markup('<svg class="picture {}" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">').format(
        kind, width, height, width, label
    )
    return head + Markup("").join(pieces) + Markup("</svg>")
