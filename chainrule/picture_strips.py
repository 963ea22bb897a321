"""Rows of cells along one axis as SVG."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from chainrule.picture_frame import framed
from solutions.drawings import Strip, Strips

WIDTH = 460
MARGIN, NAME, GAP = 4, 20, 12  # around all; above a strip; below it
LARGEST, TALL = 26.0, 16.0  # width and height of a cell, at most
LETTER = 6.9


def strips_svg(drawing: Strips, label: str) -> Markup:
    """The strips as SVG. label: their text alternative."""
    places = [place for strip in drawing.strips for place in _middles(strip)]
    low, high = min(places) - 0.5, max(places) + 0.5
    unit = min(LARGEST, round((WIDTH - 2 * MARGIN) / (high - low), 1))
    tall = min(TALL, max(12.0, unit))
    tops = [MARGIN + NAME + i * (NAME + tall + GAP) for i in range(len(drawing.strips))]
    middles = [[MARGIN + unit * (x - low) for x in _middles(strip)] for strip in drawing.strips]
    pieces = [*_links(drawing, middles, tops, tall)]
    for strip, across, top in zip(drawing.strips, middles, tops, strict=True):
        pieces += _strip(strip, across, top, unit, tall)
    named = max(LETTER * len(strip.name) for strip in drawing.strips)
    width = 2 * MARGIN + max(unit * (high - low), named)
    return framed("picture strips", width, tops[-1] + tall + MARGIN, label, pieces)


def _middles(strip: Strip) -> list[float]:
    return [strip.start + strip.step * i for i in range(len(strip.cells))]


def _strip(strip: Strip, across: list[float], top: float, unit: float, tall: float) -> Iterator[Markup]:
    """The name, and one path for the cells of each kind."""
    yield Markup('<text x="{}" y="{:.1f}">{}</text>').format(MARGIN, top - 6, strip.name)
    for kind in ("padding", "plain", "between", "marked"):
        outlines = [
            f"M{x - unit / 2:.1f} {top:g}h{unit:g}v{tall:g}h-{unit:g}z"
            for x, cell in zip(across, strip.cells, strict=True)
            if cell == kind
        ]
        if outlines:
            yield Markup('<path class="strip strip-{}" d="{}"/>').format(kind, "".join(outlines))


def _links(drawing: Strips, middles: list[list[float]], tops: list[float], tall: float) -> Iterator[Markup]:
    for ends in drawing.links:
        (i, a), (j, b) = sorted(ends)
        yield Markup('<path class="strip-link" d="M{:.1f} {:.1f} L{:.1f} {:.1f}"/>').format(
            middles[i][a], tops[i] + tall, middles[j][b], tops[j]
        )
