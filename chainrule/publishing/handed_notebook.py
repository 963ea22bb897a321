"""The notebook that a student of a class is handed out: a cell for each prompt, and one for each answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from chainrule.bulk.keys import form_mark
from chainrule.publishing.chosen import Chosen
from chainrule.publishing.notebook import HOW, kept, notebook_text

if TYPE_CHECKING:
    from chainrule.quiz import Quiz

_TELLING = ("seed", "drawn")  # with which the answers can be looked up


def handed_notebook(quiz: Quiz, who: str, *, sealed: bool) -> str:
    """The notebook as JSON. who: for whom it is; sealed: no seeds are told, as in `bulk.handing_out.sealed_text`."""
    head = f"For {_plain(who)}. {HOW} Hand in this notebook; what is answered in it need stand nowhere else."
    return notebook_text(Chosen(quiz, {}), head, _sealed(quiz) if sealed else kept(quiz), checks=False)


def _sealed(quiz: Quiz) -> dict[str, Any]:
    """What is kept without seeds; `form` tells the quiz from others all the same."""
    told = {name: value for name, value in kept(quiz).items() if name not in _TELLING}
    items = [{name: value for name, value in item.items() if name not in _TELLING} for item in told["items"]]
    return {**told, "form": form_mark(quiz), "items": items}


def _plain(text: str) -> str:
    """The text as Markdown that shows it letter by letter."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$&])", r"\\\1", text)
