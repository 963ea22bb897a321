"""Diagrams as SVG: boxes, and arrows from border to border."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import hypot

from markupsafe import Markup

from chainrule.picture_frame import framed
from chainrule.picture_shapes import HEAD, LINE, SIGN, Corners, Curve, Place, Shape, bounds, curves, shapes
from solutions.drawings import Diagram

MARGIN = 6
BRANCHES = 3  # arrows that make a point a visible dot


def diagram_svg(diagram: Diagram, label: str) -> Markup:
    """The diagram as SVG. label: its text alternative."""
    placed = shapes(diagram)
    left, top, right, bottom = bounds(placed.values(), curves(diagram, placed))
    placed = shapes(diagram, (MARGIN - left, MARGIN - top))
    ends = Counter(name for arrow in diagram.arrows for name in (arrow.start, arrow.end))
    pieces = [_frame(shape) for shape in placed.values() if shape.box.kind == "group"]
    drawn = curves(diagram, placed)
    pieces += [_arrow(curve) for curve in drawn]
    for name, shape in placed.items():
        pieces += _box(shape, ends[name])
    pieces += [_arrow_text(*beside) for curve in drawn for beside in curve.texts]
    return framed("picture diagram", right - left + 2 * MARGIN, bottom - top + 2 * MARGIN, label, pieces)


def _frame(shape: Shape) -> Markup:
    left, top, right, bottom = shape.corners
    return Markup(
        '<g class="box-group"><rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="10"/>'
        '<text x="{:.1f}" y="{:.1f}">{}</text></g>'
    ).format(left, top, right - left, bottom - top, left + 10, top + 17, shape.box.text)


def _box(shape: Shape, ends: int) -> Iterator[Markup]:
    match shape.box.kind:
        case "group":
            return
        case "point":
            if ends >= BRANCHES:
                yield Markup('<circle class="branch" cx="{:.1f}" cy="{:.1f}" r="2.5"/>').format(shape.x, shape.y)
        case "operation":
            yield Markup('<g class="box-operation"><circle cx="{:.1f}" cy="{:.1f}" r="{}"/>{}</g>').format(
                shape.x, shape.y, SIGN, _text(shape)
            )
        case kind:
            left, top, right, bottom = shape.corners
            yield Markup(
                '<g class="{}"><rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="6"/>{}</g>'
            ).format(f"box-{kind or 'plain'}", left, top, right - left, bottom - top, _text(shape))


def _text(shape: Shape) -> Markup:
    """The lines of a box, about its middle."""
    lines = shape.box.text.split("\n")
    first = shape.y - LINE * (len(lines) - 1) / 2 + 4.5
    line = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>')
    return Markup("").join(line.format(shape.x, first + LINE * i, text) for i, text in enumerate(lines))


def _arrow(curve: Curve) -> Markup:
    kind = f"arrow arrow-{curve.arrow.kind or 'on'}"
    way = _way(curve, _short_of(curve.control, curve.end) if curve.headed else curve.end)
    head = _head(curve.control, curve.end) if curve.headed else Markup("")
    return Markup('<g class="{}"><path d="{}"/>{}</g>').format(kind, way, head)


def _way(curve: Curve, end: Place) -> str:
    start, control = (f"{x:.1f} {y:.1f}" for x, y in (curve.start, curve.control))
    last = f"{end[0]:.1f} {end[1]:.1f}"
    return f"M{start} Q{control} {last}" if curve.arrow.bend else f"M{start} L{last}"


def _short_of(before: Place, end: Place) -> Place:
    """A place inside the head, so that the line does not show beside its tip."""
    dx, dy = _direction(before, end)
    return end[0] - 0.7 * HEAD * dx, end[1] - 0.7 * HEAD * dy


def _head(before: Place, end: Place) -> Markup:
    dx, dy = _direction(before, end)
    back = end[0] - HEAD * dx, end[1] - HEAD * dy
    sides = [(back[0] + side * dy, back[1] - side * dx) for side in (3.8, -3.8)]
    places = " L".join(f"{x:.1f} {y:.1f}" for x, y in (end, *sides))
    return Markup('<path class="arrow-head" d="M{} Z"/>').format(places)


def _direction(before: Place, end: Place) -> Place:
    dx, dy = end[0] - before[0], end[1] - before[1]
    length = hypot(dx, dy) or 1.0
    return dx / length, dy / length


def _arrow_text(text: str, back: bool, corners: Corners) -> Markup:
    left, top, right, _ = corners
    return Markup('<g class="arrow arrow-{}"><text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text></g>').format(
        "back" if back else "on", (left + right) / 2, top + 11, text
    )
