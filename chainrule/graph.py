"""The computation graph of a forward program as an SVG: values on the way down, gradients on the way back.

Rows go from the inputs to the loss; a symbol stands in the row above its first use. Numbers are those of an example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from chainrule.numbers import numbers_text
from grader.formula.tree import variables
from solutions.drawings import Graph

if TYPE_CHECKING:
    from grader.formula.reading import Program
    from solutions.examples import Example

WIDTH, HEIGHT = 168, 56  # of a box
GAP, FALL = 22, 62  # between boxes of a row, between rows
MARGIN = 8
MOST_LETTERS = 26  # of a formula or value in a box; the rest is in its tooltip


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
    values = {name: numbers_text(value) for name, value in example.values.items()}
    boxes = _placed(_rows(uses), uses, texts, values)
    pieces = [_edge(boxes[e.source], boxes[e.target], e.gradient, i % 2) for i, e in enumerate(example.edges)]
    pieces += [_box(box, _told(box, example)) for box in boxes.values()]
    return _framed(boxes, pieces, f"Computation graph: {'; '.join(texts.values())}")


def drawing_svg(graph: Graph, label: str) -> Markup:
    """A graph of values, with the gradients that come back where it has them. label: its text alternative."""
    uses = {node.name: node.uses for node in graph.nodes if node.uses}
    texts = {node.name: f"{node.name} = {node.text}" for node in graph.nodes if node.uses}
    boxes = _placed(_rows(uses), uses, texts, {node.name: node.value for node in graph.nodes})
    back = {(node.name, used): text for node in graph.nodes for used, text in zip(node.uses, node.back, strict=False)}
    edges = [(used, name) for name, below in uses.items() for used in below]
    pieces = [
        _line(boxes[used], boxes[name], back.get((name, used), ""), i % 2) for i, (used, name) in enumerate(edges)
    ]
    pieces += [_box(box, box.text) for box in boxes.values()]
    return _framed(boxes, pieces, label)


def _framed(boxes: Mapping[str, Box], pieces: Sequence[Markup], label: str) -> Markup:
    width = max(box.x for box in boxes.values()) + WIDTH / 2 + MARGIN
    height = max(box.y for box in boxes.values()) + HEIGHT + MARGIN
    head = Markup('<svg class="graph" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">').format(
        round(width), round(height), round(width), label
    )
    return head + Markup("").join(pieces) + Markup("</svg>")


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
    rows: list[list[str]], uses: Mapping[str, Sequence[str]], texts: Mapping[str, str], values: Mapping[str, str]
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
            boxes[name] = Box(
                name, texts.get(name, name), values[name], name not in texts, x, MARGIN + i * (HEIGHT + FALL)
            )
    return boxes


def _pull(name: str, uses: Mapping[str, Sequence[str]], boxes: Mapping[str, Box], middle: float) -> float:
    """Where a box would like to stand: below what it uses; an input outside of the lines."""
    above = [boxes[used].x for used in uses.get(name, ()) if used in boxes]
    return sum(above) / len(above) if above else middle + 1


def _curve(source: Box, target: Box) -> tuple[str, float]:
    """The path from one box to another, and where it starts."""
    top, bottom = source.y + HEIGHT, target.y
    spread = (source.x - target.x) * 0.28
    end = target.x + max(-WIDTH * 0.4, min(WIDTH * 0.4, spread))
    bend = max(24.0, (bottom - top) / 2)
    start = source.x + max(-WIDTH * 0.3, min(WIDTH * 0.3, -spread))
    curve = (start, top + bend, end, bottom - bend, end, bottom)
    return f"M{start:.0f} {top:.0f} C" + " ".join(f"{number:.0f}" for number in curve), start


def _edge(source: Box, target: Box, gradient: Any, lower: int) -> Markup:
    """A curve with the gradient that comes back."""
    title = Markup("<title>{} gets back {}</title>").format(source.name, _full(gradient))
    return _line(source, target, numbers_text(gradient, most=4), lower, title)


def _line(source: Box, target: Box, text: str, lower: int, title: str = "") -> Markup:
    """A curve with a text beside its start; neighbours write theirs at two heights."""
    path, start = _curve(source, target)
    label = Markup('<text x="{:.0f}" y="{:.0f}">{}</text>').format(start, source.y + HEIGHT + 16 + 15 * lower, text)
    return Markup('<g class="graph-edge">{}<path d="{}"/>{}</g>').format(title, path, label if text else "")


def _told(box: Box, example: Example) -> str:
    """All that is known about a box, for its tooltip."""
    return f"{box.text}: {_full(example.values[box.name])}; gradient {_full(example.gradients[box.name])}"


def _box(box: Box, told: str) -> Markup:
    kind = "graph-input" if box.is_input else "graph-line"
    left = box.x - WIDTH / 2
    return Markup(
        '<g class="{}"><title>{}</title><rect x="{:.0f}" y="{:.0f}" width="{}" height="{}" rx="7"/>'
        '<text class="graph-name" x="{:.0f}" y="{:.0f}">{}</text>'
        '<text class="graph-value" x="{:.0f}" y="{:.0f}">{}</text></g>'
    ).format(
        *(kind, told),
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
