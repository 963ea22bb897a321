"""Prose as HTML with TeX in `\\(...\\)` and `\\[...\\]`: what MathJax draws in Moodle, Canvas and Anki.

TeX is written from the tree of a formula. What looks like TeX in a text is kept from being read as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from chainrule.marked_prose import CLOSE, OPEN, PLACE, marked, parser_of
from chainrule.wording import BOLD

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from grader.formula.reading import Formula

ALONE = re.compile(f"(?:(?<=<p>)|(?<=\n)){OPEN}(\\d+){CLOSE}([.,;:]?)(?:<br />(?=\n)|(?=\n|</p>))")
DELIMITER = re.compile(r"\\(?=[()\[\]])|\$(?=\$)|\\(?=begin\b)")
JOINER = "\u2060"  # draws nothing


def tex(formula: Formula, *, display: bool = False) -> Markup:
    """The formula as TeX between delimiters, escaped for HTML."""
    return delimited(formula.latex(), display=display)


def delimited(latex: str, *, display: bool = False) -> Markup:
    """TeX between delimiters, escaped for HTML."""
    first, last = (r"\[", r"\]") if display else (r"\(", r"\)")
    return Markup("{} {} {}").format(first, latex, last)


def plain(text: str) -> Markup:
    """A text as HTML in which no platform finds TeX."""
    return Markup(_untex(str(escape(text))))


def sentence_html(text: str) -> Markup:
    """A sentence of feedback as HTML: what is emphasised in it, and nothing else, is marked."""
    return Markup(BOLD.sub(r"<strong>\1</strong>", str(plain(text))))


def prose_html(prose: Sequence[str | Formula]) -> Markup:
    """The prose as HTML blocks; a formula on a line by itself is displayed."""
    source, formulas = marked(prose)
    page = _untex(_parser().render(source, {"formulas": formulas}))
    page = ALONE.sub(lambda found: f"{tex(formulas[int(found[1])], display=True)}{found[2]}", page)
    return _filled(page, lambda number: tex(formulas[number]))


def inline_html(prose: Sequence[str | Formula]) -> Markup:
    """The prose as HTML within one line."""
    source, formulas = marked(prose)
    page = _untex(_parser().renderInline(source, {"formulas": formulas}))
    return _filled(page, lambda number: tex(formulas[number]))


def _filled(page: str, drawn: Callable[[int], Markup]) -> Markup:
    return Markup(PLACE.sub(lambda found: str(drawn(int(found[1]))), page).strip())


def _untex(page: str) -> str:
    return DELIMITER.sub(lambda found: found[0] + JOINER, page)


@cache
def _parser() -> MarkdownIt:
    return parser_of(code=lambda text, _: code_html(text), heading=("<p><strong>", "</strong></p>\n"))


def code_html(source: str) -> Markup:
    """Code as it stands."""
    return Markup("<pre><code>{}</code></pre>").format(source.rstrip() + "\n")
