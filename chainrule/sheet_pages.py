"""Pages of revision sheets as text: the sheet, the cheat sheet, its questions as a paper with their key, the index."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from chainrule.pages import TEMPLATES, form_id, rendered
from chainrule.sheet_views import IndexView, SheetView
from chainrule.views import WorkedView
from chainrule.words import DEFAULT

SCRIPT = "search.js"
ASKING = "chainrule quiz"
UNSEEN = re.compile(r"<style>.*?</style>|<[^>]*>|\s+", re.DOTALL)
SIZES = (6_500, 10_400)  # characters beyond which the print of a cheat sheet is one and two sizes smaller


def sheet_page(
    sheet: SheetView,
    worked: Sequence[WorkedView],
    *,
    link_base: str = "",
    asking: str = ASKING,
    language: str = DEFAULT,
) -> str:
    """The revision sheet: what is known, then one question of each family worked through.

    link_base: address of a server that "try it" leads to; asking: the command that it shows without one.
    """
    base, title = link_base.rstrip("/"), sheet.title
    return rendered(
        "sheet.html", language=language, title=title, sheet=sheet, worked=worked, link_base=base, asking=asking
    )


def cheat_page(sheet: SheetView, *, language: str = DEFAULT) -> str:
    """The sheet without pictures and questions, in two columns of print so small that a topic fits two pages of A4."""
    page = rendered("compact.html", language=language, title=sheet.title, sheet=sheet, size=0)
    return rendered("compact.html", language=language, title=sheet.title, sheet=sheet, size=cheat_size(page))


def cheat_size(page: str) -> int:
    """By how many sizes a cheat sheet must be printed smaller, which its text decides."""
    return sum(visible_length(page) > most for most in SIZES)


def visible_length(page: str) -> int:
    """How many characters of the page are seen."""
    return len(UNSEEN.sub("", page))


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
