"""What a diagram computes: its arrows followed backwards from a box."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from solutions.drawings import Diagram


def sources(diagram: Diagram, name: str) -> list[str]:
    """The boxes that lead to one, through points; what comes back is left out."""
    kinds = {box.name: box.kind for box in diagram.boxes}
    found = []
    for arrow in diagram.arrows:
        if arrow.end == name and arrow.kind != "back":
            found += sources(diagram, arrow.start) if kinds[arrow.start] == "point" else [arrow.start]
    return found


def value(diagram: Diagram, name: str, given: Mapping[str, float], rules: Mapping[str, Callable[..., float]]) -> float:
    """The number at a box: signs add or multiply what leads there, other boxes apply the rule of their text or name."""
    if name in given:
        return given[name]
    text = next(box.text for box in diagram.boxes if box.name == name)
    found = [value(diagram, source, given, rules) for source in sources(diagram, name)]
    if text in ("+", "×"):
        return sum(found) if text == "+" else math.prod(found)
    return rules[name if name in rules else text](*found)
