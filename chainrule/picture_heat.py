"""Maps of shades as SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from chainrule.numbers import number_text
from chainrule.picture_frame import framed
from solutions.drawings import Heat

WIDTH = 460  # at most
LARGEST, SMALLEST = 44, 12  # cells
MOST_NUMBERS = 40  # cells that show their numbers
SHADES = 50  # that are told apart
LETTER = 7.0
SLANT = 0.71  # sine and cosine of 45 degrees


def heat_svg(heat: Heat, label: str) -> Markup:
    """The map of shades as SVG. label: its text alternative."""
    left = round(12 + LETTER * max(map(len, heat.rows)) + (18 if heat.y else 0))
    cell = max(SMALLEST, min(LARGEST, (WIDTH - left - 8) // len(heat.columns)))
    longest = LETTER * max(map(len, heat.columns))
    slanted = longest > cell - 2
    top = round((22 if heat.x else 6) + (longest * SLANT + 12 if slanted else 18))
    wide, tall = cell * len(heat.columns), cell * len(heat.rows)
    over = LETTER * len(heat.columns[-1]) * SLANT - cell / 2 + 8 if slanted else 0.0
    pieces = [
        *_shades(heat, left, top, cell),
        *_numbers(heat, left, top, cell),
        *_labels(heat, left, top, cell, slanted),
        *_axis_names(heat, left, top, wide, tall),
    ]
    named = left + wide / 2 + LETTER * len(heat.x) / 2
    return framed("picture heat", max(left + wide + max(4.0, over), named), top + tall + 4, label, pieces)


def _shades(heat: Heat, left: float, top: float, cell: float) -> Iterator[Markup]:
    """The cells, one path for those of one shade."""
    most = max(value for row in heat.values for value in row) or 1.0
    shaded: defaultdict[int, list[str]] = defaultdict(list)
    for i, row in enumerate(heat.values):
        for j, value in enumerate(row):
            outline = f"M{left + cell * j:g} {top + cell * i:g}h{cell}v{cell}h-{cell}z"
            shaded[round(SHADES * value / most)].append(outline)
    yield Markup('<g class="shades{}">').format(" shades-told" if _numbered(heat) else "")
    for shade in sorted(shaded.keys() - {0}):
        path = Markup('<path fill-opacity="{:.2f}" d="{}"/>')
        yield path.format(shade / SHADES, "".join(shaded[shade]))
    yield Markup("</g>")
    frame = Markup('<rect class="shades-frame" x="{:g}" y="{:g}" width="{}" height="{}"/>')
    yield frame.format(left, top, cell * len(heat.columns), cell * len(heat.rows))


def _numbered(heat: Heat) -> bool:
    return len(heat.rows) * len(heat.columns) <= MOST_NUMBERS


def _numbers(heat: Heat, left: float, top: float, cell: float) -> Iterator[Markup]:
    if not _numbered(heat):
        return
    piece = Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>')
    for i, row in enumerate(heat.values):
        for j, value in enumerate(row):
            yield piece.format(left + cell * (j + 0.5), top + cell * (i + 0.5) + 4.5, shade_text(value))


def shade_text(value: float) -> str:
    """The number in a cell: two digits of what is smaller than 1."""
    return f"{value:.2g}" if 0.001 <= value < 1 else number_text(value) if value >= 1 else "0"


def _labels(heat: Heat, left: float, top: float, cell: float, slanted: bool) -> Iterator[Markup]:
    side = Markup('<text class="plot-tick" x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text>')
    for i, name in enumerate(heat.rows):
        yield side.format(left - 6, top + cell * (i + 0.5) + 4, name)
    flat = Markup('<text class="plot-tick" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>')
    turned = Markup('<text class="plot-tick" transform="translate({:.1f} {:.1f}) rotate(-45)">{}</text>')
    for j, name in enumerate(heat.columns):
        shift = 3 if slanted else 0
        yield (turned if slanted else flat).format(left + cell * (j + 0.5) + shift, top - 6, name)


def _axis_names(heat: Heat, left: float, top: float, wide: float, tall: float) -> Iterator[Markup]:
    if heat.x:
        across = Markup('<text class="plot-name" x="{:.1f}" y="16" text-anchor="middle">{}</text>')
        yield across.format(left + wide / 2, heat.x)
    if heat.y:
        up = Markup(
            '<text class="plot-name" transform="translate(14 {:.1f}) rotate(-90)" text-anchor="middle">{}</text>'
        )
        yield up.format(top + tall / 2, heat.y)
