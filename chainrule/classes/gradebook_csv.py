"""The gradebook as a table for spreadsheets, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from chainrule.pages import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chainrule.classes.gradebook import Cell, Gradebook

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so may be run by a spreadsheet; wide signs are read like narrow ones by some."""
COLUMNS = ("earned", "possible", "days late", "counted", "percent", "grade")


def gradebook_csv(book: Gradebook) -> str:
    """The book, a line for each student and one of means; it begins with the mark by which UTF-8 is recognised."""
    written = StringIO()
    lines = csv.writer(written)
    heads = [f"{one.title}: {column}" for one in book.assignments for column in COLUMNS]
    lines.writerow(map(safe, ["login", "name", *heads, "sum", "sum possible", "sum percent"]))
    for line in book.lines:
        cells = [text for cell in line.cells for text in _cell(cell)]
        share = str(line.percent) if line.possible else ""  # nothing counts yet
        sums = [number_text(line.counted), number_text(line.possible), share]
        lines.writerow(map(safe, [line.member.account.login, line.member.account.shown, *cells, *sums]))
    lines.writerow(map(safe, ["", "mean of those marked", *_means(book)]))
    return "\ufeff" + written.getvalue()


def safe(text: str) -> str:
    """The text as a cell that a spreadsheet shows and does not run: an apostrophe stands before a risky one."""
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text


def _cell(cell: Cell) -> tuple[str, ...]:
    if cell.stand == "missed":
        return "0", number_text(cell.possible), "", "0", "0", ""
    if cell.stand != "marked":
        return ("",) * len(COLUMNS)
    numbers = (number_text(cell.earned), number_text(cell.possible), str(cell.late_days), number_text(cell.counted))
    return *numbers, str(cell.percent), cell.grade


def _means(book: Gradebook) -> Iterator[str]:
    for mean in book.means:
        counted = "" if mean.counted is None else number_text(mean.counted)
        yield from ("", "", "", counted, "" if mean.percent is None else f"{mean.percent:.1f}", "")
    sums = book.all
    counted = "" if sums.counted is None else number_text(sums.counted)
    yield from (counted, "", "" if sums.percent is None else f"{sums.percent:.1f}")
