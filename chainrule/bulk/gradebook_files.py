"""Gradebooks as CSV: one with everything, and those that Canvas and Moodle import."""

from __future__ import annotations

import csv
import html
from collections.abc import Iterator, Sequence
from io import StringIO

from chainrule.bulk.columns import Column
from chainrule.bulk.marked import Marked
from chainrule.bulk.matching import EDITED
from chainrule.bulk.records import Result
from chainrule.classes.gradebook_csv import safe
from chainrule.pages import number_text, percent
from grader.verdict import Outcome

BOM = "\ufeff"  # by which spreadsheets recognise UTF-8; platforms need none
UNREAD = "could not be looked at, by a fault of ours; run the command again"
LOOK_AT = frozenset({Outcome.UNDECIDED, Outcome.FAULT})  # not the student's doing


class Gradebooks:
    """The three tables, filled a student at a time. label: how a student is called in the report on the class."""

    def __init__(self, id: str, title: str, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._possible = sum(column.marks for column in columns)
        self._all = _Table(*_heads(columns))
        self._canvas = _Table("Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{title} ({id})")
        self._canvas.add("    Points Possible", "", "", "", "", number_text(self._possible), trusted=True)
        self._moodle = _Table(
            "Identifier", "Full name", "Email address", "ID number", "Grade", "Maximum Grade", "Feedback comments"
        )

    def add(self, one: Marked, label: str) -> None:
        """Takes one more student. Who handed in nothing has no grade in the platforms' tables: they decide on it.

        Who could not be read has no marks anywhere.
        """
        student, total = one.student, number_text(one.counted) if one.handed_in and not one.unread else ""
        earned = {(r.number, r.part): number_text(r.earned) for r in one.results}
        marks = [earned.get((column.number, column.part), "0") for column in self._columns]
        sums = [number_text(one.earned), number_text(one.deduction), number_text(one.counted)]
        cells = [*marks, *sums, str(percent(one.counted, self._possible))]
        shown = ["" if one.unread else cell for cell in cells]
        self._all.add(student.id, student.name, label, *shown, "; ".join(self.problems(one)))
        platform, sis = student.platform_id, "" if student.id == student.platform_id else student.id
        self._canvas.add(student.name or student.id, platform, sis, student.email, "", total)
        participant = f"Participant {platform}" if platform else ""
        said = html.escape(self.said(one), quote=False)
        most = number_text(self._possible)
        self._moodle.add(participant, student.name, student.email, student.id, total, most, said)

    def files(self) -> dict[str, str]:
        """The text of each file by its name."""
        return {
            "gradebook.csv": BOM + self._all.text(),
            "gradebook-canvas.csv": self._canvas.text(),
            "gradebook-moodle.csv": self._moodle.text(),
        }

    def problems(self, one: Marked) -> list[str]:
        """What an instructor should know of, each remark once with the parts that it is about."""
        if not one.handed_in:
            return ["nothing handed in"]
        if one.unread:
            return [*one.problems, UNREAD]
        places = {(column.number, column.part): column.place for column in self._columns}
        told: dict[str, list[str]] = {}
        for result in one.results:
            for remark in _remarks(result):
                if remark not in one.problems:
                    told.setdefault(remark, []).append(places.get((result.number, result.part), str(result.number)))
        found = [*one.problems, *(f"{', '.join(where)}: {remark}" for remark, where in told.items())]
        empty = all(result.outcome == "unanswered" for result in one.results)
        return found or (["nothing answered"] if empty else [])

    def said(self, one: Marked) -> str:
        """The feedback in one line: what a student may see."""
        if not one.handed_in or one.unread:
            return ""
        places = {(column.number, column.part): column.place for column in self._columns}
        parts = [f"{places.get((r.number, r.part), r.number)} {r.outcome}" for r in one.results]
        late = f" {number_text(one.deduction)} taken off for lateness." if one.deduction else ""
        return f"{number_text(one.counted)} of {number_text(self._possible)}.{late} {', '.join(parts)}."


def _remarks(result: Result) -> Iterator[str]:
    """What to know of a result; how a right answer was found among cells is of no interest."""
    if result.problem:
        yield result.problem
    elif result.outcome in LOOK_AT:
        yield f"{result.outcome}, to be looked at"
    yield from (remark for remark in result.remarks if remark == EDITED or result.outcome != Outcome.RIGHT)


def _heads(columns: Sequence[Column]) -> list[str]:
    parts = [f"{column.place} {column.item} ({number_text(column.marks)})" for column in columns]
    return ["id", "name", "in the report", *parts, "earned", "late deduction", "total", "percent", "problems"]


class _Table:
    """Lines of cells that no spreadsheet takes for formulas, each on one line."""

    def __init__(self, *heads: str) -> None:
        self._written = StringIO()
        self._lines = csv.writer(self._written)
        self.add(*heads)

    def add(self, *cells: str, trusted: bool = False) -> None:
        self._lines.writerow(cells if trusted else [safe(_on_one_line(cell)) for cell in cells])

    def text(self) -> str:
        return self._written.getvalue()


def _on_one_line(text: str) -> str:
    """The text without what would steer a terminal or break a line; a tab in front counts as risky before it goes."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"'{shown.strip()}" if text.startswith(("\t", "\r", "\n")) else shown
