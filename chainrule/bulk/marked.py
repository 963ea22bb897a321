"""A student with everything that was judged, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from chainrule.bulk.assignment import Assignment
from chainrule.bulk.records import Result, Student, Submitted


@dataclass(frozen=True)
class Marked:
    """A student with all results. share: of the marks earned that counts; problems: sentences for the student.

    files: whether any were handed in.
    """

    student: Student
    results: tuple[Result, ...]
    share: float = 1.0
    problems: tuple[str, ...] = ()
    files: bool = False

    @property
    def unread(self) -> bool:
        """Whether something was handed in that could not be looked at, by a fault of ours."""
        return self.handed_in and not self.results

    @property
    def handed_in(self) -> bool:
        """Whether there was anything, readable or not."""
        return (
            self.files or bool(self.problems) or any(one.outcome != "unanswered" or one.problem for one in self.results)
        )

    @property
    def earned(self) -> float:
        """Marks before anything is taken off for lateness."""
        return sum(one.earned for one in self.results)

    @property
    def deduction(self) -> float:
        """Marks taken off for lateness."""
        return self.earned * (1 - self.share)

    @property
    def counted(self) -> float:
        """Marks that count."""
        return self.earned * self.share


def marked(
    assignment: Assignment, students: Sequence[Student], results: Iterable[Result], submitted: Iterable[Submitted] = ()
) -> Iterator[Marked]:
    """Each student with results, in the order of the results; then those without any.

    results: all of one student one after another.
    """
    known = {student.id: student for student in students}
    handed = {one.student.id: (assignment.share(one), one.problems, bool(one.files)) for one in submitted}
    for id, group in groupby(results, key=attrgetter("student")):
        student = known.pop(id, None) or Student(id)
        yield Marked(student, tuple(group), *handed.get(id, ()))
    for student in known.values():
        yield Marked(student, (), *handed.get(student.id, ()))
