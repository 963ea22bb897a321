"""The notebook that a student of a class is handed out: a cell for each prompt, and one for each answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from chainrule.publishing.chosen import Chosen
from chainrule.publishing.notebook import HOW, kept, notebook_text

if TYPE_CHECKING:
    from chainrule.quiz import Quiz


def handed_notebook(quiz: Quiz, who: str, *, sealed: bool) -> str:
    """The notebook as JSON. who: for whom it is; sealed: no seeds are told, as in `quiz_data`."""
    head = f"For {_plain(who)}. {HOW} Hand in this notebook; what is answered in it need stand nowhere else."
    return notebook_text(Chosen(quiz, {}), head, kept(quiz, sealed=sealed), checks=False)


def _plain(text: str) -> str:
    """The text as Markdown that shows it letter by letter."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$&])", r"\\\1", text)
