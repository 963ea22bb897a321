"""A revision sheet in pieces that the server puts into its own frame. They are text: they come from another process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainrule.sheets import Made
    from questions.bank import Bank

BETWEEN = "\0"


@dataclass(frozen=True)
class Pieces:
    """The sheet of a topic. head, aside, body: blocks of its page; index: its part of the index.

    cheat_head, cheat_body: blocks of its cheat sheet; all of these are HTML. cheat_size: of its print, a digit.
    """

    topic: str
    title: str
    head: str
    aside: str
    body: str
    index: str
    cheat_head: str
    cheat_body: str
    cheat_size: str


class Maker:
    """Makes pieces from the banks in these folders, None for the shipped one; read when the first is made."""

    def __init__(self, folders: Sequence[Path] | None) -> None:
        self._folders = folders

    def make(self, topic: str) -> Pieces:
        """The pieces of a topic's sheet. Raises AuthorError where there is none, or where it is broken."""
        from chainrule.sheets import Choice, make_sheet
        from questions.sheets import load_sheets

        sheets, _ = load_sheets(self._folders, [topic])
        return pieces_of(topic, make_sheet(self._bank, sheets, Choice((topic,))))

    @cached_property
    def _bank(self) -> Bank:
        from questions.bank import load_bank

        return load_bank(self._folders)


def pieces_of(topic: str, made: Made) -> Pieces:
    """The pieces of a sheet that is made."""
    from chainrule.pages import BLANK, environment
    from chainrule.sheet_index import indexed

    template = environment().get_template("sheet.html")
    page = template.render(
        sheet=made.sheet, worked=made.worked, title=made.sheet.title, link_base="", asking="", web=True,
        frame="web/pieces.html", between=BETWEEN,
    )  # fmt: skip
    head, aside, body = BLANK.sub("\n", page).split(BETWEEN)
    entry = indexed(made.sheet, made.worked, f"/sheets/{topic}", made.choice.language)
    macro = environment().get_template("index_parts.html").module.indexed  # type: ignore[attr-defined]
    index = BLANK.sub("\n", macro(entry, topic))
    return Pieces(topic, made.sheet.title, head, aside, body, index, *_cheat(made))


def _cheat(made: Made) -> tuple[str, str, str]:
    """Head and body of its cheat sheet, and the size of the print."""
    from chainrule.pages import BLANK, environment
    from chainrule.sheet_pages import cheat_size

    template = environment().get_template("compact.html")
    page = template.render(
        sheet=made.sheet, title=made.sheet.title, size=0, web=True, frame="web/pieces.html", between=BETWEEN
    )
    head, _, body = BLANK.sub("\n", page).split(BETWEEN)
    return head, body, str(cheat_size(head + body))
