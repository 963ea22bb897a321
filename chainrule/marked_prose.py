"""Prose on its way through Markdown, for every kind of page: the source, and the parser.

Formulas stand in the Markdown source as single private-use characters around their number, and are drawn only after
Markdown is done: no `_` or `*` of a formula can turn into emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import escape

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from grader.formula.reading import Formula

OPEN, CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
FORGED = re.compile(f"[{OPEN}{CLOSE}]")


def marked(prose: Sequence[str | Formula]) -> tuple[str, list[Formula]]:
    """Markdown source with a place for each formula, and the formulas."""
    formulas: list[Formula] = []
    pieces: list[str] = []
    for piece in prose:
        if isinstance(piece, str):
            pieces.append(FORGED.sub("\ufffd", piece))
        else:
            pieces.append(f"{OPEN}{len(formulas)}{CLOSE}")
            formulas.append(piece)
    return "".join(pieces), formulas


def parser_of(*, code: Callable[[str, str], str], heading: tuple[str, str]) -> MarkdownIt:
    """CommonMark with tables. Raw HTML, links and images are off: a page is one file that asks for nothing.

    code: draws a block from its text and the name of its language. heading: what stands before and after one. Whoever
    renders says which `formulas` there are: within code they are spelt as they are typed.
    """
    from markdown_it import MarkdownIt

    def block(_renderer: Any, tokens: Sequence[Any], index: int, _options: Any, env: Any) -> str:
        named = tokens[index].info.split()
        return f"{code(_as_text(tokens[index].content, env), named[0] if named else 'text')}\n"

    def inline(_renderer: Any, tokens: Sequence[Any], index: int, _options: Any, env: Any) -> str:
        return f"<code>{escape(_as_text(tokens[index].content, env))}</code>"

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["image", "link", "autolink", "reference"])
    for name in ("fence", "code_block"):
        parser.add_render_rule(name, block)
    parser.add_render_rule("code_inline", inline)
    before, after = heading
    parser.add_render_rule("heading_open", lambda *_: before)
    parser.add_render_rule("heading_close", lambda *_: after)
    return parser


def _as_text(content: str, env: Any) -> str:
    return PLACE.sub(lambda found: env["formulas"][int(found[1])].text(), content)
