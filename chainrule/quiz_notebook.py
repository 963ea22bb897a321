"""A quiz in a notebook, as `chainrule publish notebook` and `chainrule hand-out` write it: the answers in its cells.

The notebook's metadata hold the items as a quiz file does; the cell for part `width` of question 2 has the tag
`chainrule:2:width`. Text is answered between the quotes of a cell, code by the cell itself. Where tags were lost, text
is found by the name that it is assigned to (`answer_2b`), code by its function.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from chainrule.cell_answers import quoted
from chainrule.definitions import defines
from chainrule.files import InputError
from chainrule.notebooks import Cell, Chosen, Notebook, listed, open_notebook, together
from chainrule.untouched import is_untouched

_TAG = re.compile(r"chainrule:\d+:\S.*")
_NAMED = re.compile(r"^[ \t]*(answer_\w+)[ \t]*(?::[^=\n]*)?=", re.MULTILINE)


def answer_tag(number: int, part: str) -> str:
    """The tag of the cell that answers the part of question `number`."""
    return f"chainrule:{number}:{part}"


def answer_name(number: int, place: int, parts: int) -> str:
    """The name that a text is assigned to: `answer_2b` for the second of the parts of question 2, `answer_2` of one."""
    return f"answer_{number}{ascii_lowercase[place] if parts > 1 and place < len(ascii_lowercase) else ''}"


class CellAnswers:
    """The answers in a notebook's cells. Numbers of questions are those of the notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._tagged: dict[str, list[Cell]] = {}
        self._named: dict[str, list[Cell]] = {}
        for cell in notebook.cells:
            for tag in set(filter(_TAG.fullmatch, cell.tags)):
                self._tagged.setdefault(tag, []).append(cell)
            for name in set(_NAMED.findall(cell.source)):
                self._named.setdefault(name, []).append(cell)

    def __bool__(self) -> bool:
        """True where a cell has the tag of an answer."""
        return bool(self._tagged)

    def names(self, name: str) -> bool:
        """True where a cell assigns something to the name."""
        return name in self._named

    def text(self, number: int, part: str, name: str) -> str:
        """The text that answers the part, '' for none. Raises InputError where two cells answer differently."""
        for cells in (self._tagged.get(answer_tag(number, part), ()), self._named.get(name, ())):
            found = [(cell, text) for cell in cells if (text := quoted(cell.source, name))]
            if len({text for _, text in found}) > 1:
                raise InputError(self._differ([cell for cell, _ in found], "answer this differently; keep one answer"))
            if found:
                return found[0][1]
        return ""

    def code(self, number: int, part: str, entry: str, starter: str) -> Chosen | None:
        """The code that answers the part, with the imports above that it uses; None where there is only the starter.

        It is that of the tagged cells, else of the one cell that defines the function and answers nothing else.
        Raises InputError where several cells define it differently.
        """
        tagged = self._tagged.get(answer_tag(number, part), ())
        free = (cell for cell in self._notebook.code if not any(map(_TAG.fullmatch, cell.tags)))
        for cells in (tagged, free):
            found = [cell for cell in cells if cell.code and defines(cell.source, entry)]
            defining = [cell for cell in found if not is_untouched(cell.source, starter, entry)]
            if len({cell.source.strip() for cell in defining}) > 1:
                raise InputError(self._differ(defining, f"all define `{entry}`; keep one"))
            if defining:
                helpers = tagged if cells is tagged else ()
                return together(self._notebook, _with_helpers(defining[0], found, helpers))
        return None

    def _differ(self, cells: Sequence[Cell], what: str) -> str:
        return f"{self._notebook.name}: cells {listed(cells)} {what}"


def _with_helpers(chosen: Cell, defining: Sequence[Cell], tagged: Sequence[Cell]) -> list[Cell]:
    """The chosen cell and those of the same tag that do not define the function, in order."""
    left_out = {cell.number for cell in defining} - {chosen.number}
    kept = {cell.number: cell for cell in [*tagged, chosen] if cell.code and cell.number not in left_out}
    return [kept[number] for number in sorted(kept)]


def quiz_in(path: Path) -> dict[str, Any] | None:
    """The quiz as the values of a quiz file, with the answers; None in a notebook that holds none.

    In the place of an answer may stand the InputError that says why it cannot be read. Raises InputError where the
    file is no notebook.
    """
    notebook = open_notebook(path)
    kept = notebook.kept
    if not isinstance(kept, dict) or not isinstance(kept.get("items"), list):
        return None
    cells = CellAnswers(notebook)
    return {**kept, "items": [_item(item, number, cells) for number, item in enumerate(kept["items"], start=1)]}


def _item(item: Any, number: int, cells: CellAnswers) -> Any:
    """The item with its answers; what is damaged is left for the reader of quiz files, which says so."""
    parts = item.get("parts") if isinstance(item, dict) else None
    if not isinstance(parts, list):
        return item
    names = [answer_name(number, place, len(parts)) for place in range(len(parts))]
    return {**item, "parts": [_part(part, number, name, cells) for part, name in zip(parts, names, strict=True)]}


def _part(part: Any, number: int, name: str, cells: CellAnswers) -> Any:
    if not isinstance(part, dict) or not isinstance(part.get("id"), str):
        return part
    return {"id": part["id"], "answer": _answer(part, number, name, cells)}


def _answer(part: dict[str, Any], number: int, name: str, cells: CellAnswers) -> str | InputError | None:
    entry, starter = part.get("entry"), part.get("starter")
    try:
        if not isinstance(entry, str):
            return cells.text(number, part["id"], name) or None
        chosen = cells.code(number, part["id"], entry, starter if isinstance(starter, str) else "")
    except InputError as error:
        return error
    return chosen.code if chosen else None
