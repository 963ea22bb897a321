"""The cells of a notebook, and among them the code of one question, without what only a notebook understands.

A notebook is JSON (format 4). It is read as data with Python's own reader; nothing in it runs or is imported here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chainrule.definitions import defines, imports_for
from chainrule.files import InputError, read
from chainrule.logical_lines import logical_lines
from chainrule.magics import without_magics

MAX_BYTES = 20_000_000  # outputs such as pictures stand in the file too
MOST_VALUES = 1_000_000  # lists and objects in the file: an empty one of two bytes takes thirty times that in memory
MOST_LISTED = 10  # numbers of cells in a sentence
MOST_CODE = 500_000  # letters in all cells: it is read letter by letter


_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")  # a name that belongs to nothing else
_DEFINED = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)


class NoAnswer(InputError):
    """A notebook in which nothing answers the question."""


@dataclass(frozen=True)
class Cell:
    """A cell. number: its place among all cells, from 1. dropped: lines that were no Python. code: not of prose."""

    number: int
    source: str
    tags: tuple[str, ...]
    dropped: tuple[str, ...] = ()
    code: bool = True


@dataclass(frozen=True)
class Notebook:
    """The cells of a notebook in order: of code, and of prose those with a tag. name: what errors call it.

    kept: what Chainrule wrote into its metadata, None where nothing stands there.
    """

    name: str
    cells: tuple[Cell, ...]
    kept: Any = None

    @property
    def code(self) -> tuple[Cell, ...]:
        """The cells of code."""
        return tuple(cell for cell in self.cells if cell.code)


@dataclass(frozen=True)
class Chosen:
    """The code of the chosen cells put together, and what to tell about the choice."""

    code: str
    remarks: tuple[str, ...]


def open_notebook(path: Path) -> Notebook:
    """The notebook in a file. Raises InputError where it is none, is damaged or too large."""
    data = read_notebook(path)
    metadata = data.get("metadata")
    kept = metadata.get("chainrule") if isinstance(metadata, dict) else None
    return Notebook(str(path), tuple(_cells(data["cells"], path)), kept)


def notebook_code(path: Path, *, question: str, entry: str) -> Chosen:
    """The code for a question in the notebook. Raises InputError as `code_for` does, and where it is no notebook."""
    return code_for(open_notebook(path), question=question, entry=entry)


def code_for(notebook: Notebook, *, question: str, entry: str) -> Chosen:
    """The cells tagged with the question, else the one that defines `entry`, with the imports that they use.

    Raises InputError where several cells define the function, NoAnswer where none does.
    """
    tags = {question, f"chainrule:{question}"}
    if tagged := [cell for cell in notebook.code if tags.intersection(cell.tags)]:
        return together(notebook, tagged, f"tagged {question}")
    defining = [cell for cell in notebook.code if defines(cell.source, entry)]
    remedy = f"give the cells of your answer the tag chainrule:{question}"
    if not defining:
        raise NoAnswer(f"{notebook.name}: no cell defines `{entry}`, and none has the tag; define it, or {remedy}")
    if len(defining) > 1:
        raise InputError(f"{notebook.name}: cells {listed(defining)} all define `{entry}`; keep one, or {remedy}")
    return together(notebook, defining)


def together(notebook: Notebook, cells: Sequence[Cell], how: str = "") -> Chosen:
    """The code of these cells, after the imports that stand above the last of them and that they use."""
    source = "\n\n".join(cell.source for cell in cells)
    taken, own = {cell.number for cell in cells}, set(logical_lines(source))
    above = [cell.source for cell in notebook.code if cell.number < cells[-1].number and cell.number not in taken]
    imports = [line for line in imports_for(source, "\n".join(above)) if line not in own]
    told = ", ".join(filter(None, [how, "with the imports above that it uses" if imports else ""]))
    chosen = _chosen(cells, "\n".join([*imports, source]), told)
    others = [cell for cell in notebook.code if cell.number not in taken]
    return replace(chosen, remarks=(*chosen.remarks, *_left_behind(source, others)))


def _left_behind(source: str, others: Sequence[Cell]) -> Iterator[str]:
    """What to tell of functions that the code may call and that other cells define."""
    words, own = set(_WORD.findall(source)), set(_DEFINED.findall(source))
    for cell in others:
        for name in dict.fromkeys(_DEFINED.findall(cell.source)):
            if name in words and name not in own:
                yield f"`{name}` of cell {cell.number} is not taken along; what an answer calls belongs into its cell."


def _chosen(cells: Sequence[Cell], code: str, how: str) -> Chosen:
    where = f"cell {cells[0].number}" if len(cells) == 1 else f"cells {listed(cells)}"
    remarks = [f"Taken from {where}{f', {how}' if how else ''}; lines are counted from the first one taken."]
    for cell in cells:
        if cell.dropped:
            lines = ", ".join(f"`{line[:60]}`" for line in cell.dropped[:5])
            more = f" and {len(cell.dropped) - 5} more" if len(cell.dropped) > 5 else ""
            remarks.append(f"Left out of cell {cell.number}, since they are for notebooks only: {lines}{more}.")
    return Chosen(code, tuple(remarks))


def listed(cells: Sequence[Cell]) -> str:
    """`2, 3 and 5`: the numbers of the cells, not of hundreds."""
    numbers = [str(cell.number) for cell in cells[:MOST_LISTED]]
    if len(cells) > MOST_LISTED:
        return f"{', '.join(numbers)} and {len(cells) - MOST_LISTED} more"
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"


def _cells(cells: Sequence[Any], path: Path) -> Iterator[Cell]:
    """The cells of code, without magics, and those of prose with a tag. Raises InputError where one is damaged."""
    length = 0
    for number, cell in enumerate(cells, start=1):
        where = f"{path}: cell {number}"
        if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
            raise InputError(f"{where} has no `cell_type`: the notebook is damaged")
        code = cell["cell_type"] == "code"
        tags = _tags(cell.get("metadata"), where, strict=code)
        if not code and not tags:
            continue
        text = _source(cell.get("source"), where)
        length += len(text)
        if length > MOST_CODE:
            raise InputError(f"{path}: more than {MOST_CODE} letters of code; keep the cells that answer")
        source, dropped = without_magics(text) if code else (text, ())
        yield Cell(number, source, tags, dropped, code)


def read_notebook(path: Path) -> dict[str, Any]:
    """The notebook as JSON values, with a list of `cells`. Raises InputError where the file is none."""
    text = read(path, most=MAX_BYTES)
    if text.count("{") + text.count("[") > MOST_VALUES:
        raise InputError(f"{path}: more than {MOST_VALUES} lists and objects; clear its outputs, and save it again")
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


def _tags(metadata: Any, where: str, *, strict: bool) -> tuple[str, ...]:
    tags = metadata.get("tags", []) if isinstance(metadata, dict) else []
    if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags):
        return tuple(tag.strip() for tag in tags)
    if strict:
        raise InputError(f"{where} has `tags` that are no list of text: the notebook is damaged")
    return ()
