"""Prose as HTML with formulas in MathML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.highlight import highlighted
from chainrule.marked_prose import CLOSE, OPEN, PLACE, marked, parser_of
from chainrule.math_breaks import breaking
from chainrule.mathml import formula_html, reach

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from grader.formula.reading import Formula

MOST_IN_A_LINE = 24  # characters of a formula on a phone
WITH_SIGNS = re.compile(rf"([(\[]*){PLACE.pattern}((?:[.,;:!?)\]%'’-]|&quot;)*)")
PARAGRAPH = re.compile("<p>(.*?)</p>", re.DOTALL)
ALONE = re.compile(f"{OPEN}(\\d+){CLOSE}([.,;:]?)(<br />)?")


def prose_html(prose: Sequence[str | Formula]) -> Markup:
    """The prose as HTML blocks. A formula on a line by itself is displayed, others stand in the text."""
    source, formulas = marked(prose)
    return _fill(_parser().render(source, {"formulas": formulas}), formulas)


def inline_html(prose: Sequence[str | Formula]) -> Markup:
    """The prose as HTML inside one line, for titles, options and table cells."""
    source, formulas = marked(prose)
    return _fill(_parser().renderInline(source, {"formulas": formulas}), formulas)


def _fill(page: str, formulas: Sequence[Formula]) -> Markup:
    page = PARAGRAPH.sub(lambda found: _with_displays(found[1], formulas), page)
    return Markup(WITH_SIGNS.sub(lambda found: _glued(found[1], _inline(formulas[int(found[2])]), found[3]), page))


def _glued(before: str, formula: Markup, after: str) -> str:
    """The formula with the brackets and signs around it: the line may not end between them."""
    return f'<span class="glued">{before}{formula}{after}</span>' if before or after else formula


def _inline(formula: Formula) -> Markup:
    """A formula in a line of text; one that a phone has no room for in a box that scrolls there."""
    drawn = formula_html(formula)
    if len(formula.unicode()) <= MOST_IN_A_LINE:
        return drawn
    return Markup('<span class="wide-formula" tabindex="0">{}</span>').format(breaking(drawn))


def _with_displays(paragraph: str, formulas: Sequence[Formula]) -> str:
    """The paragraph, parted at lines that hold a formula alone: those become displays."""
    blocks: list[str] = []
    text: list[str] = []
    for line in paragraph.split("\n"):
        alone = ALONE.fullmatch(line)
        if alone and _closed("".join(text)):
            blocks += [_paragraph(text), _display(formulas[int(alone[1])], alone[2])]
            text = []
        else:
            text.append(line)
    return "".join([*blocks, _paragraph(text)])


def _closed(text: str) -> bool:
    """True where no emphasis is open at the end of the text."""
    return text.count("</") == text.count("<") - text.count("</") - text.count("<br")


def _paragraph(lines: Sequence[str]) -> str:
    text = "\n".join(lines).removesuffix("<br />")
    return f"<p>{text}</p>" if text else ""


def _display(formula: Formula, mark: str) -> str:
    drawn = formula_html(formula, display=True)
    return f'<div class="display"{reach(drawn)}>{drawn}{mark}</div>'


@cache
def _parser() -> MarkdownIt:
    # Headings of the page come from the templates alone, so that their order stays unbroken.
    return parser_of(code=highlighted, heading=('<p class="lead-in">', "</p>\n"))
