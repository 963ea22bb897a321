"""Diagrams and strips in words: what boxes there are and which lead to which; which cells are marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from solutions.drawings import Arrow, Box, Diagram, Strip

KINDS = {"padding": "padding", "marked": "marked", "between": "in between"}


def diagram_lines(diagram: Diagram) -> list[str]:
    """Lines of text: the boxes, what the groups hold, and the arrows of each box; points are passed through."""
    boxes = {box.name: box for box in diagram.boxes}
    names = _names(diagram)
    seen = [names[box.name] for box in diagram.boxes if box.kind not in ("point", "group")]
    lines = [f"  boxes: {', '.join(seen)}"]
    for box in diagram.boxes:
        if box.kind == "group":
            lines.append(f"  {names[box.name]} holds: {', '.join(names[n] for n in box.holds if n in names)}")
    for box in diagram.boxes:
        if box.kind != "point":
            lines += _arrows_of(box.name, diagram, boxes, names)
    return lines


def _names(diagram: Diagram) -> dict[str, str]:
    """What each box is called: its text, with its name where another has the same text."""
    seen = {box.name: " ".join(box.text.split()) for box in diagram.boxes if box.kind != "point"}
    often = Counter(seen.values())
    return {name: text if text and often[text] == 1 else f"{text} {name}".strip() for name, text in seen.items()}


def _arrows_of(name: str, diagram: Diagram, boxes: dict[str, Box], names: dict[str, str]) -> Iterator[str]:
    """One line for the arrows that go on from a box, one for those that go back."""
    for kind, sign in (("", "→"), ("back", "⇠")):
        kept = [arrow for arrow in diagram.arrows if arrow.kind == kind]
        ends = [f"{names[end]} ({text})" if text else names[end] for end, text in _ends(name, kept, boxes)]
        if ends:
            yield f"  {names[name]} {sign} {', '.join(ends)}"


def _ends(name: str, arrows: list[Arrow], boxes: dict[str, Box]) -> Iterator[tuple[str, str]]:
    """The boxes that arrows lead to from there, with what is written on the way."""
    for arrow in arrows:
        if arrow.start != name:
            continue
        told = "; ".join(filter(None, (arrow.text, arrow.back and f"back {arrow.back}")))
        if boxes[arrow.end].kind != "point":
            yield arrow.end, told
            continue
        for end, text in _ends(arrow.end, arrows, boxes):
            yield end, "; ".join(filter(None, (told, text)))


def strip_line(strip: Strip) -> str:
    """The name of a strip, and which of its cells, counted from 0, are more than plain."""
    found = {words: [i for i, cell in enumerate(strip.cells) if cell == kind] for kind, words in KINDS.items()}
    told = [f"{words} {_runs(places)}" for words, places in found.items() if places]
    return f"{strip.name} ({'; '.join(told)})" if told else strip.name


def _runs(places: list[int]) -> str:
    """Whole numbers with neighbours joined: `0–2, 5`."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
