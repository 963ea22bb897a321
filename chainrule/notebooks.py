"""Code of a notebook: the cells of one question, without what only a notebook understands.

A notebook is JSON (format 4). It is read as data with Python's own reader; nothing in it runs or is imported here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainrule.definitions import defines, imports_for
from chainrule.files import InputError, read
from chainrule.magics import without_magics

MAX_BYTES = 20_000_000  # outputs such as pictures stand in the file too

MOST_CODE = 500_000  # letters in all cells: it is read letter by letter


class NoAnswer(InputError):
    """A notebook in which nothing answers the question."""


@dataclass(frozen=True)
class Cell:
    """A code cell. number: its place among all cells, from 1. dropped: lines that were no Python."""

    number: int
    source: str
    tags: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """The code of the chosen cells put together, and what to tell about the choice."""

    code: str
    remarks: tuple[str, ...]


def notebook_code(path: Path, *, question: str, entry: str) -> Chosen:
    """The cells tagged with the question, else the one that defines `entry` with the imports that it uses.

    Raises InputError where the file is no notebook or several cells define the function, NoAnswer where none does.
    """
    cells = list(code_cells(path))
    tags = {question, f"chainrule:{question}"}
    tagged = [cell for cell in cells if tags.intersection(cell.tags)]
    if tagged:
        return _chosen(tagged, "\n\n".join(cell.source for cell in tagged), f"tagged {question}")
    defining = [cell for cell in cells if defines(cell.source, entry)]
    remedy = f"give the cells of your answer the tag chainrule:{question}"
    if not defining:
        raise NoAnswer(f"{path}: no cell defines `{entry}`, and none has the tag; define it, or {remedy}")
    if len(defining) > 1:
        raise InputError(f"{path}: cells {_listed(defining)} all define `{entry}`; keep one, or {remedy}")
    (cell,) = defining
    before = "\n".join(other.source for other in cells if other.number < cell.number)
    imports = imports_for(cell.source, before)
    code = "\n".join([*imports, cell.source])
    return _chosen([cell], code, "with the imports above that it uses" if imports else "")


def _chosen(cells: Sequence[Cell], code: str, how: str) -> Chosen:
    listed = f"cell {cells[0].number}" if len(cells) == 1 else f"cells {_listed(cells)}"
    remarks = [f"Taken from {listed}{f', {how}' if how else ''}; lines are counted from the first one taken."]
    for cell in cells:
        if cell.dropped:
            lines = ", ".join(f"`{line[:60]}`" for line in cell.dropped[:5])
            more = f" and {len(cell.dropped) - 5} more" if len(cell.dropped) > 5 else ""
            remarks.append(f"Left out of cell {cell.number}, since they are for notebooks only: {lines}{more}.")
    return Chosen(code, tuple(remarks))


def _listed(cells: Sequence[Cell]) -> str:
    numbers = [str(cell.number) for cell in cells]
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"


def code_cells(path: Path) -> Iterator[Cell]:
    """The code cells in order, without magics. Raises InputError where the file is no notebook."""
    length = 0
    for number, cell in enumerate(read_notebook(path)["cells"], start=1):
        where = f"{path}: cell {number}"
        if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
            raise InputError(f"{where} has no `cell_type`: the notebook is damaged")
        if cell["cell_type"] == "code":
            text = _source(cell.get("source"), where)
            length += len(text)
            if length > MOST_CODE:
                raise InputError(f"{path}: more than {MOST_CODE} letters of code; keep the cells that answer")
            source, dropped = without_magics(text)
            yield Cell(number, source, _tags(cell.get("metadata"), where), dropped)


def read_notebook(path: Path) -> dict[str, Any]:
    """The notebook as JSON values, with a list of `cells`. Raises InputError where the file is none."""
    text = read(path, most=MAX_BYTES)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"line {error.lineno}: {error.msg}" if text.strip() else "it is empty"
        raise InputError(f"{path}: not a notebook ({reason}); save it again in Jupyter") from None
    except (RecursionError, ValueError):  # nested without end; a number of thousands of digits
        raise InputError(f"{path}: not a notebook that can be read; save it again in Jupyter") from None
    if not isinstance(data, dict) or "nbformat" not in data:
        raise InputError(f"{path}: not a notebook (`nbformat` is missing); save it again in Jupyter")
    if data["nbformat"] != 4:
        came = re.sub(r"\s+", " ", str(data["nbformat"])[:20])
        raise InputError(f"{path}: notebook format {came}, expected 4; save it again with a current Jupyter")
    if not isinstance(data.get("cells"), list):
        raise InputError(f"{path}: the notebook has no list of `cells`: it is damaged")
    return data


def _source(source: Any, where: str) -> str:
    """The text of a cell: one text, or one for each line."""
    lines = [source] if isinstance(source, str) else source
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise InputError(f"{where} has no `source` of text: the notebook is damaged")
    return "".join(lines).replace("\r\n", "\n")


def _tags(metadata: Any, where: str) -> tuple[str, ...]:
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise InputError(f"{where} has `tags` that are no list of text: the notebook is damaged")
    return tuple(tag.strip() for tag in tags)
