"""Pages of revision sheets as text: the sheet, the cheat sheet, its questions as a paper with their key, the index."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from chainrule.pages import TEMPLATES, form_id, rendered
from chainrule.sheet_views import IndexView, SheetView
from chainrule.views import WorkedView
from chainrule.words import DEFAULT

SCRIPT = "search.js"


def sheet_page(
    sheet: SheetView,
    worked: Sequence[WorkedView],
    *,
    compact: bool = False,
    link_base: str = "",
    language: str = DEFAULT,
) -> str:
    """The revision sheet: what is known, then one question of each family worked through.

    compact: two columns, for paper. link_base: address of a server that "try it" leads to.
    """
    base = link_base.rstrip("/")
    return rendered(
        "sheet.html", language=language, title=sheet.title, sheet=sheet, worked=worked, compact=compact, link_base=base
    )


def paper_page(title: str, worked: Sequence[WorkedView], *, key: bool = False, language: str = DEFAULT) -> str:
    """The questions alone, to write on; key: their solutions, under the same form."""
    form = form_id([item.question for item in worked])
    return rendered("paper.html", language=language, title=title, worked=worked, key=key, form=form)


def index_page(index: IndexView, *, language: str = DEFAULT) -> str:
    """The table of contents of many sheets, with a search that runs in the page; without a script it is a list."""
    script = (TEMPLATES / SCRIPT).read_text(encoding="utf-8")
    digest = b64encode(sha256(script.encode()).digest()).decode("ascii")
    policy = f"; script-src 'sha256-{digest}'"
    return rendered("index.html", language=language, policy=policy, title=index.title, index=index, script=script)
