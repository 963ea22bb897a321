"""Plots as SVG: a frame with ticks, the series in it, and their names above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from markupsafe import Markup

from chainrule.picture_axes import Axis, LogAxis, axis, log_axis, same_scale
from chainrule.picture_frame import framed
from solutions.drawings import Plot, Series

WIDTH, HEIGHT = 460, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 46, 44  # margins of the frame that a plot is drawn in
MORE_TICKS = 10  # on the axis that runs across
ORDER = {"area": 0, "thin": 1}  # what is drawn below the rest
UNSEEN = 0.25  # of a unit of the picture: a line may leave out points that are no further from it
LEGEND_ROW, LETTER = 18, 7.6  # height of a row of names, width of a letter


@dataclass(frozen=True)
class Styled:
    """A series with the number of its colour and dashes: thin ones are counted by themselves."""

    series: Series
    number: int


def plot_svg(plot: Plot, label: str) -> Markup:
    """The plot as SVG. label: its text alternative."""
    across, up = _axes(plot)
    styled = _styled(plot.series)
    below_others = sorted(styled, key=lambda one: ORDER.get(one.series.mark, len(ORDER)))
    pieces = [*_frame(plot, across, up), *(piece for one in below_others for piece in _series(one, across, up))]
    named = [one for one in styled if one.series.name]
    places = _legend_places(named)
    lower = max((row for row, _ in places), default=0) * LEGEND_ROW
    shifted = Markup('<g transform="translate(0 {})">{}</g>').format(lower, Markup("").join(pieces))
    return framed("picture plot", WIDTH, HEIGHT + lower, label, [*_legend(named, places), shifted])


def _axes(plot: Plot) -> tuple[Axis, Axis | LogAxis]:
    xs = [x for series in plot.series for x, _ in series.points]
    ys = [y for series in plot.series for _, y in series.points]
    across = axis(xs, LEFT, WIDTH - RIGHT, MORE_TICKS)
    if plot.log:
        return across, log_axis(ys, HEIGHT - BOTTOM, TOP)
    if plot.square:
        return same_scale(across, axis(ys, HEIGHT - BOTTOM, TOP))
    return across, axis([0.0, *ys], HEIGHT - BOTTOM, TOP)


def _styled(series: Sequence[Series]) -> list[Styled]:
    """Each series with its number; one without a name has that of the one before it."""
    last = {True: -1, False: -1}
    found = []
    for one in series:
        thin = one.mark == "thin"
        last[thin] = max(0, last[thin]) if not one.name else last[thin] + 1
        found.append(Styled(one, last[thin]))
    return found


def _frame(plot: Plot, across: Axis, up: Axis | LogAxis) -> Iterator[Markup]:
    line = Markup('<line class="plot-rule" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>')
    text = Markup('<text class="plot-tick" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>')
    for value in across.ticks:
        yield line.format(across.at(value), TOP, across.at(value), HEIGHT - BOTTOM)
        yield text.format(across.at(value), HEIGHT - BOTTOM + 16, "middle", across.told(value))
    for value in up.ticks:
        yield line.format(LEFT, up.at(value), WIDTH - RIGHT, up.at(value))
        yield text.format(LEFT - 6, up.at(value) + 4, "end", up.told(value))
    name = Markup('<text class="plot-name" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>')
    yield name.format((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", plot.x)
    yield name.format(4, TOP - 8, "start", plot.y)


def _legend_places(named: Sequence[Styled]) -> list[tuple[int, float]]:
    """Row and left end of each name, as many in a row as there is room for."""
    row, left = 0, float(LEFT)
    places = []
    for one in named:
        wide = 46 + LETTER * len(one.series.name)
        if left + wide > WIDTH + 16 and left > LEFT:
            row, left = row + 1, float(LEFT)
        places.append((row, left))
        left += wide
    return places


def _legend(named: Sequence[Styled], places: list[tuple[int, float]]) -> Iterator[Markup]:
    """Each name in the colour of its series beside a piece of it."""
    for one, (row, left) in zip(named, places, strict=True):
        y = 14.0 + LEGEND_ROW * row
        middle = (left + 12 if one.series.mark == "path" else left + 14, y)
        ends = [(left, y), (left + 24, y)]
        if one.series.mark == "area":
            ends = [(left, y - 5), (left + 24, y - 5), (left + 24, y + 5), (left, y + 5), (left, y - 5)]
        yield from _lines(one, ends, [middle])
        name = Markup('<text class="plot-name" x="{:.1f}" y="{:.0f}">{}</text>')
        yield name.format(left + 30, y + 4, one.series.name)


def _series(one: Styled, across: Axis, up: Axis | LogAxis) -> Iterator[Markup]:
    places = [(across.at(x), up.at(y)) for x, y in one.series.points]
    return _lines(one, places, places)


def _lines(one: Styled, line: Sequence[tuple[float, float]], marked: Sequence[tuple[float, float]]) -> Iterator[Markup]:
    """The series along a line, with its marks at other places."""
    match one.series.mark:
        case "line":
            yield _line(f"series series-{one.number}", line)
        case "area":
            yield _line(f"series series-{one.number} area", line)
        case "thin":
            yield _line(f"thin thin-{one.number}", line)
        case "path":
            yield _line(f"series series-{one.number}", line)
            yield from (_dot("knot", one.number, place, 2.8) for place in marked)
        case "dots":
            yield from (_dot("mark", one.number, place, 5) for place in marked)
        case "crosses":
            yield from (_cross(one.number, place) for place in marked)


def _line(kind: str, places: Sequence[tuple[float, float]]) -> Markup:
    inside = " L".join(f"{x:.1f} {y:.1f}" for x, y in thinned(places))
    return Markup('<path class="{}" d="M{}"/>').format(kind, inside)


def thinned(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The fewest of these points whose line stays within `UNSEEN` of all of them, after Douglas and Peucker 1973."""
    if len(places) < 3:
        return list(places)
    away, at = max((_away(place, places[0], places[-1]), i) for i, place in enumerate(places[1:-1], start=1))
    if away <= UNSEEN:
        return [places[0], places[-1]]
    return thinned(places[: at + 1])[:-1] + thinned(places[at:])


def _away(place: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """How far a point is from the stretch between two others."""
    (x, y), (x0, y0), (x1, y1) = place, start, end
    dx, dy = x1 - x0, y1 - y0
    along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy or 1.0)
    along = min(max(along, 0.0), 1.0)
    return hypot(x - x0 - along * dx, y - y0 - along * dy)


def _dot(kind: str, number: int, place: tuple[float, float], radius: float) -> Markup:
    return Markup('<circle class="{} mark-{}" cx="{:.1f}" cy="{:.1f}" r="{:g}"/>').format(kind, number, *place, radius)


def _cross(number: int, place: tuple[float, float]) -> Markup:
    cross = Markup('<path class="series series-{} cross" d="M{:.1f} {:.1f} l9 9 m0 -9 l-9 9"/>')
    return cross.format(number, place[0] - 4.5, place[1] - 4.5)
