"""Source code as highlighted HTML; the colours of the classes stand in `templates/style.css`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from pygments.filter import Filter


MOST = 20_000  # letters that are coloured: more take seconds, and nobody writes them by hand


def highlighted(source: str, language: str = "python") -> Markup:
    """The source in a `<pre>`, with spans by kind of token; plain text where it is long or the language unknown."""
    if len(source) > MOST:
        return Markup('<pre class="code" tabindex="0"><code>{}</code></pre>').format(escape(source.rstrip()))
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import TextLexer, get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = TextLexer()
    lexer.add_filter(_styled_alone())
    lexer.add_filter("tokenmerge")
    spans = highlight(source.rstrip() + "\n", lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
    return Markup('<pre class="code" tabindex="0"><code>') + Markup(spans) + Markup("</code></pre>")


@cache
def _styled_alone() -> Filter:
    """A filter that makes plain text of the tokens which the stylesheet does not colour: most of a page's code."""
    from pygments.filter import Filter
    from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token

    coloured = (
        Keyword, Operator.Word, Name.Function, Name.Class, Name.Exception, Name.Decorator, Name.Builtin, Name.Namespace,
        String, Number, Comment,
    )  # fmt: skip

    class StyledAlone(Filter):  # type: ignore[misc]  # pygments has no types
        def filter(self, lexer: Any, stream: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
            for kind, text in stream:
                yield kind if any(kind in group for group in coloured) else Token.Text, text

    return StyledAlone()
