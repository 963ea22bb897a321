"""What the store knows of exams that are sat on a server: which are open, and which belong to an assignment."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, select

from chainrule.classes.records import Job, Sitting
from chainrule.classes.rows import found_in
from chainrule.store.class_tables import JOBS, SITTINGS
from chainrule.store.queries import columns, in_time, records, select_where
from chainrule.store.records import Ending, Exam
from chainrule.store.tables import ENDINGS, EXAMS

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

    from chainrule.store.store import Store


def open_exams(store: Store, learner: str | None = None) -> tuple[Exam, ...]:
    """The exams that were neither handed in nor ended, in the order of time. learner: None for all."""
    with store.reading() as connection:
        return open_exams_in(connection, learner)


def open_exams_in(connection: Connection, learner: str | None = None) -> tuple[Exam, ...]:
    """The same within a transaction that is open."""
    statement = _select_open(of_one=learner is not None, assigned=False)
    return records(Exam, connection.execute(statement, {} if learner is None else {"learner": learner}))


def open_assigned(store: Store, learner: str) -> tuple[Exam, ...]:
    """Those of them that the learner began for an assignment."""
    with store.reading() as connection:
        return records(Exam, connection.execute(_select_open(of_one=True, assigned=True), {"learner": learner}))


@cache
def _select_open(*, of_one: bool, assigned: bool) -> Select[Any]:
    """Open exams in the order of time. of_one: those of `learner`. assigned: those that were begun for an assignment.

    Built once: every request of a student asks for them.
    """
    ended = exists().where(ENDINGS.c["exam"] == EXAMS.c["id"])
    handed_in = exists().where(JOBS.c["exam"] == EXAMS.c["id"], JOBS.c["hand_in"] != "")
    statement = select(*columns(Exam)).where(~ended, ~handed_in).order_by(*in_time(EXAMS))
    if of_one:
        statement = statement.where(EXAMS.c["learner"] == bindparam("learner"))
    return statement.where(exists().where(SITTINGS.c["exam"] == EXAMS.c["id"])) if assigned else statement


def is_open_in(connection: Connection, exam: str) -> bool:
    """Whether an exam was neither handed in nor ended, within a transaction that is open."""
    if connection.execute(select_where(Ending, "exam"), {"exam": exam}).first():
        return False
    return not found_in(connection, Job, id=hand_in_id(exam))


def sitting_of(store: Store, exam: str) -> Sitting | None:
    """For which assignment the exam was begun; None for one of the learner's own."""
    from chainrule.classes.rows import first

    return first(store, Sitting, exam=exam)


def hand_in_id(exam: str) -> str:
    """The id of the job that hands in the exam: there is one, whoever asks for it, and however often."""
    return hashlib.sha256(f"hand-in {exam}".encode()).hexdigest()[:32]
