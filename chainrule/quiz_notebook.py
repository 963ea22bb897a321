"""A quiz in a notebook, as `chainrule publish notebook` writes it: what was asked, and the answers in its cells.

The notebook's metadata hold the items as a quiz file does; the cell for part `width` of question 2 has the tag
`chainrule:2:width`. Text is answered between the quotes of a cell, code by the cell itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from chainrule.definitions import defines, imports_for
from chainrule.notebooks import Cell, code_cells, read_notebook

QUOTED = re.compile(r'^\s*\w+\s*=\s*r?"""(.*?)"""', re.DOTALL | re.MULTILINE)
BARE = re.compile(r"""^\s*\w+\s*=\s*r?(['"]?)(?P<text>.*?)\1\s*(#.*)?$""", re.MULTILINE)


def quiz_in(path: Path) -> dict[str, Any] | None:
    """The quiz as the values of a quiz file, with the answers; None in a notebook that holds none.

    Raises InputError where the file is no notebook.
    """
    metadata = read_notebook(path).get("metadata")
    kept = metadata.get("chainrule") if isinstance(metadata, dict) else None
    if not isinstance(kept, dict) or not isinstance(kept.get("items"), list):
        return None
    cells = list(code_cells(path))
    items = [_item(item, number, cells) for number, item in enumerate(kept["items"], start=1)]
    return {**kept, "items": items}


def _item(item: Any, number: int, cells: Sequence[Cell]) -> Any:
    """The item with its answers; what is damaged is left for the reader of quiz files, which says so."""
    parts = item.get("parts") if isinstance(item, dict) else None
    if not isinstance(parts, list):
        return item
    return {**item, "parts": [_part(part, number, cells) for part in parts]}


def _part(part: Any, number: int, cells: Sequence[Cell]) -> Any:
    if not isinstance(part, dict):
        return part
    tagged = [cell for cell in cells if answer_tag(number, str(part.get("id"))) in cell.tags]
    entry = part.get("entry")
    answer = code_in(cells, tagged, entry, part) if isinstance(entry, str) else text_in(tagged)
    return {"id": part.get("id"), "answer": answer or None}


def answer_tag(number: int, part: str) -> str:
    """The tag of the cell that answers the part of question `number`."""
    return f"chainrule:{number}:{part}"


def text_in(cells: Sequence[Cell]) -> str:
    """The text between the quotes of the cells: the last that is not empty."""
    found = [quoted(cell.source) for cell in cells]
    return next((text for text in reversed(found) if text), "")


def quoted(source: str) -> str:
    """What is assigned in the cell: between three quotes, else on the line."""
    match = QUOTED.search(source)
    if match:
        return match[1].strip("\n").rstrip()
    bare = BARE.search(source)
    return bare["text"].strip() if bare else ""


def code_in(cells: Sequence[Cell], tagged: Sequence[Cell], entry: str, part: Mapping[str, Any]) -> str:
    """The code that answers: the tagged cells, with the imports above them that they use; '' where untouched."""
    chosen = [cell for cell in tagged if defines(cell.source, entry)]
    chosen = list(tagged) if chosen else [cell for cell in cells if defines(cell.source, entry)]
    if not chosen:
        return ""
    source = "\n\n".join(cell.source for cell in chosen)
    if source.strip() == str(part.get("starter", "")).strip():
        return ""
    before = "\n".join(cell.source for cell in cells if cell.number < chosen[0].number)
    return "\n".join([*imports_for(source, before), source])
