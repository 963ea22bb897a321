"""Long formulas in a line of text: browsers never break MathML, so it is cut before operators into several pieces."""

from __future__ import annotations

import html
from collections.abc import Iterator
from xml.etree import ElementTree

from markupsafe import Markup

from chainrule.mathml import ALTERNATIVE, is_fence

BREAK_BEFORE = frozenset("=+−⊙·⋅≤≥<>≈")
LONGEST = 36  # characters of a plain spelling that stays whole
SHORTEST = 12  # characters of a piece that is worth a line


def breaking(formula: Markup) -> Markup:
    """The formula, cut before its operators where its plain spelling is long.

    What is cut is read aloud as one formula.
    """
    spelt = ALTERNATIVE.search(formula)
    if spelt is None or len(html.unescape(spelt[1])) <= LONGEST or formula.count("<math") != 1:
        return formula
    root = ElementTree.fromstring(formula)
    pieces = list(_pieces(root))
    if len(pieces) == 1:
        return formula
    inside = Markup(" ").join(map(_math, pieces))
    return Markup('<span class="pieces" role="math" aria-label="{}">{}</span>').format(root.get("alttext"), inside)


def _pieces(root: ElementTree.Element) -> Iterator[list[ElementTree.Element]]:
    piece: list[ElementTree.Element] = []
    for node in _flat(root):
        if node.tag == "mo" and node.text in BREAK_BEFORE and _length(piece) >= SHORTEST:
            yield piece
            piece = []
        piece.append(node)
    yield piece


def _flat(row: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """What stands in the row, with the rows within it laid open; brackets that stretch keep what they enclose."""
    for node in row:
        if node.tag == "mrow" and not node.attrib and not any(_stretches(inner) for inner in node):
            yield from _flat(node)
        else:
            yield node


def _stretches(node: ElementTree.Element) -> bool:
    return is_fence(node) and node.get("stretchy") != "false"


def _length(nodes: list[ElementTree.Element]) -> int:
    return sum(len("".join(node.itertext())) for node in nodes)


def _math(nodes: list[ElementTree.Element]) -> Markup:
    part = ElementTree.Element("math", {"aria-hidden": "true"})
    part.extend(nodes)
    return Markup(ElementTree.tostring(part, encoding="unicode", short_empty_elements=False))
