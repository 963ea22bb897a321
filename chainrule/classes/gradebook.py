"""The gradebook of a class: what each student earned in each assignment, by the verdicts that count now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean
from typing import TYPE_CHECKING, Literal, TypeAlias

from chainrule.classes.classrooms import Member, members_of
from chainrule.classes.records import Accommodation, Assignment, Sitting
from chainrule.classes.rows import found_in
from chainrule.classes.sittings import appeals_in, endings_of, exams_of, handed_in, judged_in, unreadable_in
from chainrule.classes.terms import Terms, late_days, late_factor, terms_of
from chainrule.exams.grades import grade_of
from chainrule.exams.kept_form import kept_form
from chainrule.pages import percent
from grader.errors import AuthorError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.exams.blueprint_schema import Blueprint
    from chainrule.store.records import Ending, Exam, Judged
    from chainrule.store.store import Store
    from questions.bank import Bank

Stand: TypeAlias = Literal["to come", "missed", "begun", "marked"]


@dataclass(frozen=True)
class Cell:
    """One student's assignment. counted: of what was earned, after the deduction for lateness. regraded: anew judged.

    appeals: that wait for a decision. possible: also of one that was missed, 0 where nobody sat it. grade: '?' where
    the blueprint cannot be read any more. broken: it was begun, and cannot be read any more.
    """

    stand: Stand
    earned: float = 0.0
    counted: float = 0.0
    possible: float = 0.0
    late_days: int = 0
    grade: str = ""
    exam: str = ""
    appeals: int = 0
    regraded: int = 0
    broken: bool = False

    @property
    def percent(self) -> int:
        """Of the marks, after the deduction."""
        return percent(self.counted, self.possible)

    @property
    def counts(self) -> bool:
        """Whether it is part of a sum: marked, or missed for good."""
        return self.stand in {"marked", "missed"}


@dataclass(frozen=True)
class Line:
    """One student's assignments, in the order of the book."""

    member: Member
    cells: tuple[Cell, ...]

    @property
    def counted(self) -> float:
        """Marks in all assignments that count."""
        return sum(cell.counted for cell in self.cells if cell.counts)

    @property
    def possible(self) -> float:
        """Marks that were possible in them."""
        return sum(cell.possible for cell in self.cells if cell.counts)

    @property
    def percent(self) -> int:
        """Of the marks that were possible."""
        return percent(self.counted, self.possible)


@dataclass(frozen=True)
class Mean:
    """How the class did in one assignment. n: how many handed it in; the others are None where nobody did."""

    n: int
    counted: float | None = None
    percent: float | None = None


@dataclass(frozen=True)
class Gradebook:
    """assignments: the columns, by due time."""

    assignments: tuple[Assignment, ...]
    lines: tuple[Line, ...]
    means: tuple[Mean, ...]
    all: Mean  # of the sums of those who have any


def gradebook(store: Store, bank: Bank, room: str, at: datetime) -> Gradebook:
    """The book as it stands at that time."""
    students = members_of(store, room, "student")
    with store.reading() as connection:
        found = found_in(connection, Assignment, classroom=room)
        assignments = tuple(sorted(found, key=lambda one: (one.due, one.at)))
        columns = [_column(connection, bank, one, students, at) for one in assignments]
    lines = tuple(Line(member, tuple(column[i] for column in columns)) for i, member in enumerate(students))
    sums = [line for line in lines if any(cell.stand == "marked" for cell in line.cells)]
    return Gradebook(
        assignments,
        lines,
        tuple(
            _mean([(cell.counted, cell.possible) for cell in column if cell.stand == "marked"]) for column in columns
        ),
        _mean([(line.counted, line.possible) for line in sums]),
    )


def _column(
    connection: Connection, bank: Bank, given: Assignment, students: Sequence[Member], at: datetime
) -> tuple[Cell, ...]:
    sat = {one.account: one.exam for one in found_in(connection, Sitting, assignment=given.id)}
    ids = list(sat.values())
    exams, endings, over = exams_of(connection, ids), endings_of(connection, ids), handed_in(connection, ids)
    judged: dict[str, list[Judged]] = {}
    for one in judged_in(connection, ids):
        judged.setdefault(one.item.exam, []).append(one)
    appeals = appeals_in(connection, ids)
    broken = unreadable_in(connection, [exam for id, exam in exams.items() if id not in endings], bank.families)
    special = found_in(connection, Accommodation, assignment=given.id)
    possible = max((ending.possible for ending in endings.values()), default=0.0)
    cells = []
    for member in students:
        terms = terms_of(given, member.account.id, special, [member.membership])
        id = sat.get(member.account.id, "")
        if id in endings:
            cells.append(_marked(exams[id], endings[id], over[id], judged.get(id, []), terms, appeals.get(id, 0)))
        elif id:
            cells.append(Cell("begun", exam=id, broken=id in broken))
        else:
            cells.append(Cell("missed", possible=possible) if at >= terms.closes else Cell("to come"))
    return tuple(cells)


def _marked(exam: Exam, ending: Ending, over: datetime, judged: Sequence[Judged], terms: Terms, appeals: int) -> Cell:
    earned = sum(one.score * one.attempt.marks for one in judged)
    counted = earned * late_factor(terms, over)
    blueprint = _blueprint(exam)
    grade = grade_of(blueprint, counted, ending.possible) if blueprint else "?"
    days, anew = late_days(terms, over), sum(one.regraded for one in judged)
    return Cell("marked", earned, counted, ending.possible, days, grade, exam.id, appeals, anew)


def _blueprint(exam: Exam) -> Blueprint | None:
    """What the exam was drawn from; None where an older version took what this one refuses."""
    try:
        return kept_form(exam.id, exam.blueprint).blueprint
    except AuthorError:
        return None


def _mean(pairs: Sequence[tuple[float, float]]) -> Mean:
    if not pairs:
        return Mean(0)
    shares = [100 * counted / possible if possible else 0.0 for counted, possible in pairs]
    return Mean(len(pairs), mean(counted for counted, _ in pairs), mean(shares))
