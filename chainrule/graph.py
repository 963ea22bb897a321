"""The computation graph of a forward program as an SVG: values on the way down, gradients on the way back.

Rows go from the inputs to the loss; a symbol stands in the row above its first use. Numbers are those of an example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from grader.formula.tree import variables

if TYPE_CHECKING:
    from grader.formula.reading import Program
    from solutions.examples import Example

WIDTH, HEIGHT = 168, 56  # of a box
GAP, FALL = 22, 62  # between boxes of a row, between rows
MARGIN = 8
MOST_LETTERS = 26  # of a formula or value in a box; the rest is in its tooltip
MOST_NUMBERS = 6


@dataclass(frozen=True)
class Box:
    """One node with its place. row: 0 is on top; x, y: the middle of its top edge."""

    name: str
    text: str
    value: str
    is_input: bool
    x: float
    y: float


def graph_svg(program: Program, of: str, example: Example) -> Markup:
    """The graph up to the line `of`; values and gradients are the example's."""
    names = [line.name for line in program.lines]
    lines = program.lines[: names.index(of) + 1]
    uses = {line.name: _used(line.formula.tree, example) for line in lines}
    texts = {line.name: f"{line.name} = {line.formula.unicode()}" for line in lines}
    boxes = _placed(_rows(uses), uses, texts, example)
    width = max(box.x for box in boxes.values()) + WIDTH / 2 + MARGIN
    height = max(box.y for box in boxes.values()) + HEIGHT + MARGIN
    pieces = [_edge(boxes[e.source], boxes[e.target], e.gradient, i % 2) for i, e in enumerate(example.edges)]
    pieces += [_box(box, example) for box in boxes.values()]
    label = f"Computation graph: {'; '.join(texts.values())}"
    head = Markup('<svg class="graph" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">').format(
        round(width), round(height), round(width), label
    )
    return head + Markup("").join(pieces) + Markup("</svg>")


def numbers_text(value: Any, *, most: int = MOST_NUMBERS) -> str:
    """Numbers to three digits: `0.881`, `(1, −2)`, `[1 2; 0 1]`; only the shape where there are more than `most`."""
    import numpy as np

    array = np.asarray(value)
    if array.size > most:
        return " × ".join(map(str, array.shape))
    if array.ndim == 0:
        return number_text(float(array))
    if array.ndim == 1:
        return f"({', '.join(number_text(float(v)) for v in array)})"
    rows = array.reshape(array.shape[0], -1)
    return f"[{'; '.join(' '.join(number_text(float(v)) for v in row) for row in rows)}]"


def number_text(value: float) -> str:
    """The number to three digits, with the sign that mathematics uses."""
    return f"{value + 0.0:.3g}".replace("-", "−")


def _used(tree: Any, example: Example) -> list[str]:
    found = {v.name for v in variables(tree) if v.name in example.values}
    return [name for name in example.values if name in found]


def _rows(uses: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The names by rows: a line below everything it uses, a symbol right above its first use."""
    row: dict[str, int] = {}
    for name, used in uses.items():
        row[name] = 1 + max((row[u] for u in used if u in uses), default=0)
    inputs = dict.fromkeys(u for used in uses.values() for u in used if u not in uses)
    for symbol in inputs:
        row[symbol] = min(row[name] for name, used in uses.items() if symbol in used) - 1
    count = 1 + max(row.values())
    return [[name for name in (*uses, *inputs) if row[name] == i] for i in range(count)]


def _placed(
    rows: list[list[str]], uses: Mapping[str, Sequence[str]], texts: Mapping[str, str], example: Example
) -> dict[str, Box]:
    """The boxes, each row in the order of what it hangs together with in the row above."""
    widest = max(map(len, rows))
    middle = MARGIN + (widest * (WIDTH + GAP) - GAP) / 2
    boxes: dict[str, Box] = {}
    for i, row in enumerate(rows):
        ordered = sorted(row, key=lambda name: _pull(name, uses, boxes, middle))
        left = middle - (len(ordered) * (WIDTH + GAP) - GAP) / 2
        for k, name in enumerate(ordered):
            x = left + k * (WIDTH + GAP) + WIDTH / 2
            value = numbers_text(example.values[name])
            boxes[name] = Box(name, texts.get(name, name), value, name not in texts, x, MARGIN + i * (HEIGHT + FALL))
    return boxes


def _pull(name: str, uses: Mapping[str, Sequence[str]], boxes: Mapping[str, Box], middle: float) -> float:
    """Where a box would like to stand: below what it uses; an input outside of the lines."""
    above = [boxes[used].x for used in uses.get(name, ()) if used in boxes]
    return sum(above) / len(above) if above else middle + 1


def _edge(source: Box, target: Box, gradient: Any, lower: int) -> Markup:
    """A curve with the gradient that comes back; neighbours write theirs at two heights."""
    top, bottom = source.y + HEIGHT, target.y
    spread = (source.x - target.x) * 0.28
    end = target.x + max(-WIDTH * 0.4, min(WIDTH * 0.4, spread))
    bend = max(24.0, (bottom - top) / 2)
    start = source.x + max(-WIDTH * 0.3, min(WIDTH * 0.3, -spread))
    curve = (start, top + bend, end, bottom - bend, end, bottom)
    path = f"M{start:.0f} {top:.0f} C" + " ".join(f"{number:.0f}" for number in curve)
    where = (start, top + 16 + 15 * lower)
    label = numbers_text(gradient, most=4)
    return Markup(
        '<g class="graph-edge"><title>{} gets back {}</title><path d="{}"/><text x="{:.0f}" y="{:.0f}">{}</text></g>'
    ).format(source.name, _full(gradient), path, *where, label)


def _box(box: Box, example: Example) -> Markup:
    kind = "graph-input" if box.is_input else "graph-line"
    left = box.x - WIDTH / 2
    return Markup(
        '<g class="{}"><title>{}: {}; gradient {}</title><rect x="{:.0f}" y="{:.0f}" width="{}" height="{}" rx="7"/>'
        '<text class="graph-name" x="{:.0f}" y="{:.0f}">{}</text>'
        '<text class="graph-value" x="{:.0f}" y="{:.0f}">{}</text></g>'
    ).format(
        *(kind, box.text, _full(example.values[box.name]), _full(example.gradients[box.name])),
        *(left, box.y, WIDTH, HEIGHT),
        *(box.x, box.y + 23, _cut(box.text)),
        *(box.x, box.y + 43, _cut(box.value)),
    )


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…"


def _full(value: Any) -> str:
    """All numbers, for the tooltip."""
    import numpy as np

    array = np.asarray(value)
    return np.array2string(array.round(4) + 0.0, separator=", ", threshold=64).replace("\n", "").replace("-", "−")
