"""The gradebook of a class that one teaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from flask import Blueprint, Response

from chainrule.classes.audit import note
from chainrule.classes.gradebook import gradebook
from chainrule.classes.gradebook_csv import gradebook_csv
from chainrule.web.api.base import Said
from chainrule.web.api.classes import NOT_YOURS
from chainrule.web.api.operations import operation
from chainrule.web.own import own_class
from chainrule.web.people import person
from chainrule.web.signing_in import address
from chainrule.web.site import site

if TYPE_CHECKING:
    from chainrule.classes.gradebook import Cell, Gradebook, Line

routes = Blueprint("gradebook", __name__)


class CellSaid(Said):
    """One student's assignment. counted: of what was earned, after the deduction for lateness.

    appeals: that wait for a decision. regraded: answers that were judged anew. broken: it was begun, and cannot be
    read any more.
    """

    assignment: str
    stand: Literal["to come", "missed", "begun", "marked"]
    earned: float
    counted: float
    possible: float
    late_days: int
    grade: str
    appeals: int
    regraded: int
    broken: bool


class LineSaid(Said):
    """One student's assignments, with the sum of those that count."""

    id: str
    login: str
    shown: str
    cells: tuple[CellSaid, ...]
    counted: float
    possible: float


class GradebookSaid(Said):
    """assignments: their titles by their ids, in the order of the cells."""

    title: str
    assignments: dict[str, str]
    students: tuple[LineSaid, ...]


@operation(routes, "GET", "/classes/<id>/gradebook", who="instructor", refuses={404: NOT_YOURS})
def book(id: str) -> GradebookSaid:
    """Students by assignments, by the verdicts that count now."""
    room, found = _taken(id)
    return GradebookSaid(
        title=room,
        assignments={one.id: one.title for one in found.assignments},
        students=tuple(_line(line, found) for line in found.lines),
    )


@operation(routes, "GET", "/classes/<id>/gradebook.csv", who="instructor", refuses={404: NOT_YOURS}, media="text/csv")
def table(id: str) -> Response:
    """The same for a spreadsheet."""
    named = {"Content-Disposition": 'attachment; filename="gradebook.csv"'}
    return Response(gradebook_csv(_taken(id)[1]), mimetype="text/csv", headers=named)


def _taken(id: str) -> tuple[str, Gradebook]:
    """The title of the class and its gradebook; that it was taken is noted."""
    room = own_class(site(), person(), id)
    note(site().store, person().id, "gradebook-taken", room.title, address(), at=site().clock())
    return room.title, gradebook(site().store, site().bank, room.id, site().clock())


def _line(line: Line, book: Gradebook) -> LineSaid:
    account = line.member.account
    cells = tuple(_cell(one.id, cell) for one, cell in zip(book.assignments, line.cells, strict=True))
    return LineSaid(
        id=account.id, login=account.login, shown=account.shown, cells=cells, counted=line.counted,
        possible=line.possible,
    )  # fmt: skip


def _cell(assignment: str, cell: Cell) -> CellSaid:
    return CellSaid(
        assignment=assignment, stand=cell.stand, earned=cell.earned, counted=cell.counted, possible=cell.possible,
        late_days=cell.late_days, grade=cell.grade, appeals=cell.appeals, regraded=cell.regraded,
        broken=cell.broken,
    )  # fmt: skip
