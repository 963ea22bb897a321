"""What is written of a graded class: gradebooks, a page for each student, the report on the class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from chainrule.bulk.assignment import Assignment
from chainrule.bulk.records import Result, Student, Submitted


@dataclass(frozen=True)
class Marked:
    """A student with all results. share: of the marks earned that counts; problems: sentences for the student."""

    student: Student
    results: tuple[Result, ...]
    share: float = 1.0
    problems: tuple[str, ...] = ()


def write_outputs(
    out: Path,
    assignment: Assignment,
    students: Sequence[Student],
    results: Iterable[Result],
    *,
    submitted: Iterable[Submitted] = (),
    reveal: bool = False,
) -> None:
    """Writes everything below `out`, each file whole or not at all; the same input gives the same bytes.

    results: all of one student one after another. submitted: from which lateness and problems are told.
    reveal: whether the students' pages hold right answers and worked solutions. Raises InputError.
    """
    for _ in marked(assignment, students, results, submitted):
        pass


def marked(
    assignment: Assignment, students: Sequence[Student], results: Iterable[Result], submitted: Iterable[Submitted] = ()
) -> Iterator[Marked]:
    """Each student with results, in the order of the results; then those without any."""
    known = {student.id: student for student in students}
    handed = {one.student.id: one for one in submitted}
    for id, group in groupby(results, key=attrgetter("student")):
        one = handed.get(id)
        student = known.pop(id, None) or Student(id)
        yield Marked(student, tuple(group), *((assignment.share(one), one.problems) if one else ()))
    for student in known.values():
        yield Marked(student, ())
