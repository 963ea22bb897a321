"""MathML from LaTeX: one function, so that the converter behind it can be changed in one place.

The converter's output is repaired where browsers draw it badly: accents sit low over capitals, combining
marks lean to the left, `<menclose>` is drawn by Firefox only, and Chromium gives each stretching bracket the width
of its tallest form. `templates/style.css` styles the classes set here.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markupsafe import Markup

from grader.errors import AuthorError

if TYPE_CHECKING:
    from math_core import LatexToMathML

    from grader.formula.reading import Formula

# The five entities that XML knows are left as they are; the others (such as &ApplyFunction;) are HTML's own.
HTML_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)\w+;")
ALTERNATIVE = re.compile(r'alttext="([^"]*)"')
MOST_ON_A_PHONE = 16  # characters of a formula's plain spelling
LONG = 100  # characters; a longer formula is printed smaller, since paper cannot be scrolled
COMBINING_LINE = "\u0332"  # the converter's mark for \overline and \underline alike
COMBINING_ARROW = "\u20d7"
APPLY = "\u2061"
FENCES = frozenset("()[]{}|‖∣∥⌊⌋⌈⌉⟨⟩")
TALL = frozenset({"mfrac", "munder", "mover", "munderover", "mtable"})
# The converter's styles as classes, since a server's pages allow no style but that of their stylesheet.
CLASSES = {
    "text-align:left": "from-left",
    "text-align:right": "from-right",
    "padding-left:0": "close-before",
    "padding-left:1em": "wide-before",
    "padding-right:0": "close-after",
    "padding-right:0.1667em": "thin-after",
    "border-right:0.05em solid currentcolor": "ruled-after",
}


def mathml(latex: str, display: bool = False, *, alttext: str = "") -> Markup:
    """The formula as a `<math>` element; `alttext` is its reading in plain text.

    Raises AuthorError where the LaTeX cannot be converted, so that raw TeX never reaches a page.
    """
    from math_core import LatexError

    try:
        text = _converter().convert_with_local_state(latex, displaystyle=display)
        root = ElementTree.fromstring(HTML_ENTITY.sub(lambda entity: html.unescape(entity[0]), text))
    except (LatexError, ElementTree.ParseError) as error:
        raise AuthorError(f"cannot draw the formula {latex!r}: {error}; rewrite it with simpler LaTeX") from error
    _repair(root, latex)
    if alttext and alttext != "".join(root.itertext()):  # a letter by itself needs no words
        root.set("alttext", alttext)
    if len(alttext) > LONG:
        root.set("class", "long")
    return Markup(ElementTree.tostring(root, encoding="unicode", short_empty_elements=False))


def drawn(latex: str, spelt: str, display: bool = False) -> Markup:
    """The formula as MathML, or as `spelt`, its plain spelling, where no MathML can be made of it."""
    try:
        return mathml(latex, display, alttext=spelt)
    except AuthorError:
        return Markup('<span class="formula-text">{}</span>').format(spelt)


def formula_html(formula: Formula, display: bool = False) -> Markup:
    """The formula as MathML, or as its Unicode text where no MathML can be made of it."""
    return drawn(formula.latex(), formula.unicode(), display)


def reach(formula: Markup) -> Markup:
    """An attribute for the box of a formula that a phone has no room for: the keyboard reaches it, to scroll it."""
    spelt = ALTERNATIVE.search(formula)
    return Markup(' tabindex="0"') if spelt and len(spelt[1]) > MOST_ON_A_PHONE else Markup()


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)


def _repair(root: ElementTree.Element, latex: str) -> None:
    """Change in place what browsers would draw badly, and leave out what they would not draw."""
    _lighten(root)
    for node in root.iter():
        _name_style(node)
        match node.tag:
            case "menclose":
                _repair_enclosure(node, latex)
            case "mover" | "munder" if len(node) == 2:
                _repair_accent(node)
            case "mrow":
                _repair_fences(node)


def _name_style(node: ElementTree.Element) -> None:
    """A style becomes the classes that stand for it; a colour, which means nothing in a formula, is left out."""
    style = node.attrib.pop("style", "").replace(": ", ":")
    names = [CLASSES[part] for part in style.split(";") if part in CLASSES]
    if names:
        node.set("class", " ".join(names))


def _lighten(node: ElementTree.Element) -> None:
    """Without spaces of no width, and without rows around a single element: pages hold a thousand formulas."""
    for child in node:
        _lighten(child)
    for place, child in enumerate(list(node)):
        if child.tag == "mrow" and not child.attrib:
            for space in [inner for inner in child if inner.tag == "mspace" and not inner.attrib]:
                child.remove(space)
            if len(child) == 1:
                node[place] = child[0]


def _repair_enclosure(node: ElementTree.Element, latex: str) -> None:
    """A box becomes a row with a border, which every browser draws."""
    notation = node.attrib.pop("notation", "")
    if notation != "box":
        raise AuthorError(f"cannot draw the formula {latex!r}: no browser-wide way to draw {notation!r}; leave it out")
    node.tag = "mrow"
    node.set("class", "boxed")


def _repair_accent(node: ElementTree.Element) -> None:
    """Lines become borders of exact width; a combining arrow, which leans left, becomes a small plain one."""
    mark = node[1]
    if mark.tag != "mo":
        return
    if mark.text == COMBINING_LINE:
        node.set("class", "overlined" if node.tag == "mover" else "underlined")
        node.tag = "mrow"
        node.attrib.pop("accent", None)
        node.attrib.pop("accentunder", None)
        node.remove(mark)
    elif mark.text == COMBINING_ARROW:
        mark.text = "→"
        mark.set("class", "small-arrow")


def _repair_fences(row: ElementTree.Element) -> None:
    """Brackets around one line of text keep their plain size and stand as close as typed ones."""
    tall = any(_is_tall(node) for node in row.iter())
    for node, following in zip(row, [*row[1:], None], strict=True):
        if is_fence(node) and not tall:
            node.set("stretchy", "false")
            node.attrib.pop("lspace", None)
            node.attrib.pop("rspace", None)
        elif node.text == APPLY and following is not None and len(following) and is_fence(following[0]):
            node.attrib.pop("lspace", None)  # a function's name and its bracket belong together


def _is_tall(node: ElementTree.Element) -> bool:
    accent = "true" in (node.get("accent"), node.get("accentunder"))
    return node.tag in TALL and not accent


def is_fence(node: ElementTree.Element) -> bool:
    """Whether it is a bracket."""
    return node.tag == "mo" and node.text in FENCES
