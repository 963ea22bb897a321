"""What is wrong with the layout of a diagram: boxes, texts and arrows that lie over one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from chainrule.picture_shapes import Corners, Curve, Shape, bounds, curves, shapes
from solutions.drawings import Diagram

WIDEST = 500  # so that its text can be read on a small screen


def flaws(diagram: Diagram) -> list[str]:
    """A sentence for each pair that overlaps, and one where the diagram is too wide."""
    placed = shapes(diagram)
    drawn = curves(diagram, placed)
    left, _, right, _ = bounds(placed.values(), drawn)
    wide = [f"{right - left:.0f} wide"] if right - left > WIDEST else []
    boxes = {name: shape for name, shape in placed.items() if shape.box.kind not in ("group", "point")}
    return [*wide, *_overlaps(boxes, drawn), *_crossings(boxes, drawn)]


def _overlaps(boxes: dict[str, Shape], drawn: list[Curve]) -> Iterator[str]:
    areas = [(name, shape.corners) for name, shape in boxes.items()]
    areas += [(text, corners) for curve in drawn for text, _, corners in curve.texts]
    for (one, first), (other, second) in combinations(areas, 2):
        if _meet(first, second):
            yield f"{one} lies over {other}"


def _meet(one: Corners, other: Corners) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crossings(boxes: dict[str, Shape], drawn: list[Curve]) -> Iterator[str]:
    for curve in drawn:
        ends = {curve.arrow.start, curve.arrow.end}
        for name, shape in boxes.items():
            if name not in ends and any(_meet((x, y, x, y), shape.corners) for x, y in _along(curve)):
                yield f"{curve.arrow.start} → {curve.arrow.end} runs through {name}"


def _along(curve: Curve) -> Iterator[tuple[float, float]]:
    for i in range(33):
        a, b = 1 - i / 32, i / 32
        x, y = (
            a * a * s + 2 * a * b * c + b * b * e for s, c, e in zip(curve.start, curve.control, curve.end, strict=True)
        )
        yield x, y
