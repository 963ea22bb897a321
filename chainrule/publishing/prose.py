"""Prose as HTML with TeX in `\\(...\\)` and `\\[...\\]`: what MathJax draws in Moodle, Canvas and Anki.

TeX is written from the tree of a formula. What looks like TeX in a text is kept from being read as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from chainrule.wording import BOLD

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from grader.formula.reading import Formula

OPEN, CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
ALONE = re.compile(f"(?:(?<=<p>)|(?<=\n)){OPEN}(\\d+){CLOSE}([.,;:]?)(?:<br />(?=\n)|(?=\n|</p>))")
FORGED = re.compile(f"[{OPEN}{CLOSE}]")
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
    source, formulas = _source(prose)
    page = _untex(_parser().render(source, {"formulas": formulas}))
    page = ALONE.sub(lambda found: f"{tex(formulas[int(found[1])], display=True)}{found[2]}", page)
    return _filled(page, lambda number: tex(formulas[number]))


def inline_html(prose: Sequence[str | Formula]) -> Markup:
    """The prose as HTML within one line."""
    source, formulas = _source(prose)
    page = _untex(_parser().renderInline(source, {"formulas": formulas}))
    return _filled(page, lambda number: tex(formulas[number]))


def _filled(page: str, drawn: Callable[[int], Markup]) -> Markup:
    return Markup(PLACE.sub(lambda found: str(drawn(int(found[1]))), page).strip())


def _untex(page: str) -> str:
    return DELIMITER.sub(lambda found: found[0] + JOINER, page)


def _source(prose: Sequence[str | Formula]) -> tuple[str, list[Formula]]:
    """Markdown with the number of each formula in its place: no sign of a formula is read as emphasis."""
    formulas: list[Formula] = []
    pieces: list[str] = []
    for piece in prose:
        if isinstance(piece, str):
            pieces.append(FORGED.sub("\ufffd", piece))
        else:
            pieces.append(f"{OPEN}{len(formulas)}{CLOSE}")
            formulas.append(piece)
    return "".join(pieces), formulas


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables, without raw HTML, links and images."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["image", "link", "autolink", "reference"])
    for block in ("fence", "code_block"):
        parser.add_render_rule(block, _code_block)
    parser.add_render_rule("code_inline", _code_inline)
    parser.add_render_rule("heading_open", lambda *_: "<p><strong>")
    parser.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    return parser


def _code_block(_renderer: Any, tokens: Sequence[Any], index: int, _options: Any, env: Any) -> str:
    return f"{code_html(_as_text(tokens[index].content, env))}\n"


def _code_inline(_renderer: Any, tokens: Sequence[Any], index: int, _options: Any, env: Any) -> str:
    return f"<code>{escape(_as_text(tokens[index].content, env))}</code>"


def code_html(source: str) -> Markup:
    """Code as it stands."""
    return Markup("<pre><code>{}</code></pre>").format(source.rstrip() + "\n")


def _as_text(content: str, env: Any) -> str:
    return PLACE.sub(lambda found: env["formulas"][int(found[1])].text(), content)
