"""Where the boxes and arrows of a diagram lie in its picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot

from solutions.drawings import Arrow, Box, Diagram

ACROSS, DOWN = 104, 62  # a unit of the grid
LINE, LETTER = 17, 7.4  # height of a line of text, width of a letter
SMALL_LETTER = 7.0  # of the text at an arrow and of a group's name
SIGN = 13  # radius of the circle around a sign
AROUND, NAME = 14, 18  # room inside a group's frame, and for its name
HEAD = 8  # length of the head of an arrow

Place = tuple[float, float]
Corners = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Shape:
    """A box with its middle and half its width and height."""

    box: Box
    x: float
    y: float
    half: Place

    @property
    def corners(self) -> Corners:
        """Of the box."""
        return self.x - self.half[0], self.y - self.half[1], self.x + self.half[0], self.y + self.half[1]

    def border(self, towards: Place) -> Place:
        """Where the straight line from the middle to a place leaves the box."""
        dx, dy = towards[0] - self.x, towards[1] - self.y
        if self.box.kind == "operation":
            share = SIGN / (hypot(dx, dy) or 1.0)
        else:
            share = min(h / abs(d) for h, d in zip(self.half, (dx, dy), strict=True) if d) if dx or dy else 0.0
        return self.x + share * dx, self.y + share * dy


@dataclass(frozen=True)
class Curve:
    """An arrow from start to end, drawn towards `control` at both ends. middle: of the curve."""

    arrow: Arrow
    start: Place
    control: Place
    end: Place
    middle: Place
    headed: bool

    @property
    def texts(self) -> list[tuple[str, bool, Corners]]:
        """What is written beside it, whether that comes back, and where.

        Above a curve that runs across, right of one that runs down; what comes back on the other side.
        """
        found = []
        for text, back in ((self.arrow.text, self.arrow.kind == "back"), (self.arrow.back, True)):
            other = text is self.arrow.back
            wide = SMALL_LETTER * len(text)
            x, y = self.middle
            left, top = (x - wide / 2, y + 3) if other else (x - wide / 2, y - 17)
            if not self.level:
                left, top = (x - 6 - wide, y - 7) if other else (x + 6, y - 7)
            if text:
                found.append((text, back, (left, top, left + wide, top + 14)))
        return found

    @property
    def level(self) -> bool:
        """Whether it runs across rather than down."""
        return abs(self.end[0] - self.start[0]) >= abs(self.end[1] - self.start[1])


def shapes(diagram: Diagram, origin: Place = (0.0, 0.0)) -> dict[str, Shape]:
    """The boxes by name, groups among them, those that hold others first. origin: the place of (0, 0)."""
    plain = {box.name: _shape(box, origin) for box in diagram.boxes if box.kind != "group"}
    groups: dict[str, Shape] = {}
    for box in diagram.boxes:
        if box.kind == "group":
            groups[box.name] = _group(box, {**plain, **groups})
    return {**dict(reversed(groups.items())), **plain}


def _shape(box: Box, origin: Place) -> Shape:
    x, y = origin[0] + ACROSS * box.x, origin[1] + DOWN * box.y
    if box.kind == "point":
        return Shape(box, x, y, (0.0, 0.0))
    if box.kind == "operation":
        return Shape(box, x, y, (SIGN, SIGN))
    lines = box.text.split("\n")
    return Shape(box, x, y, (max(20.0, LETTER * max(map(len, lines)) / 2 + 10), LINE * len(lines) / 2 + 8))


def _group(box: Box, inside: Mapping[str, Shape]) -> Shape:
    """The frame around what it holds; groups within it are given before it."""
    sides = list(zip(*(inside[name].corners for name in box.holds), strict=True))
    left, top = min(sides[0]) - AROUND, min(sides[1]) - AROUND - NAME
    right, bottom = max(sides[2]) + AROUND, max(sides[3]) + AROUND
    return Shape(box, (left + right) / 2, (top + bottom) / 2, ((right - left) / 2, (bottom - top) / 2))


def curves(diagram: Diagram, placed: Mapping[str, Shape]) -> list[Curve]:
    """The arrows from border to border."""
    return [_curve(arrow, placed[arrow.start], placed[arrow.end]) for arrow in diagram.arrows]


def _curve(arrow: Arrow, source: Shape, target: Shape) -> Curve:
    dx, dy = target.x - source.x, target.y - source.y
    away = 2 * arrow.bend * DOWN / (hypot(dx, dy) or 1.0)  # the curve comes half as far as its control
    control = (source.x + target.x) / 2 + away * dy, (source.y + target.y) / 2 - away * dx
    start = source.border(control if arrow.bend else (target.x, target.y))
    end = target.border(control if arrow.bend else (source.x, source.y))
    if not arrow.bend:
        control = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    middle = tuple(0.25 * s + 0.5 * c + 0.25 * e for s, c, e in zip(start, control, end, strict=True))
    return Curve(arrow, start, control, end, (middle[0], middle[1]), target.box.kind != "point")


def bounds(placed: Iterable[Shape], drawn: Iterable[Curve]) -> Corners:
    """Of all together."""
    found = [shape.corners for shape in placed]
    for curve in drawn:
        found.append((*curve.middle, *curve.middle))
        found += [corners for *_, corners in curve.texts]
    sides = list(zip(*found, strict=True))
    return min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])
