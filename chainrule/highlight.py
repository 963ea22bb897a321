"""Source code as highlighted HTML; the colours of the classes stand in `templates/style.css`."""

from __future__ import annotations

from markupsafe import Markup


def highlighted(source: str, language: str = "python") -> Markup:
    """The source in a `<pre>`, with spans by kind of token; plain text where the language is unknown."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import TextLexer, get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        lexer = TextLexer()
    spans = highlight(source.rstrip() + "\n", lexer, HtmlFormatter(nowrap=True)).rstrip("\n")
    return Markup('<pre class="code"><code>') + Markup(spans) + Markup("</code></pre>")
