"""What the store knows of exams that are sat on a server: which are open, and which belong to an assignment."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from chainrule.classes.records import Job, Sitting
from chainrule.classes.rows import found_in
from chainrule.store.class_tables import JOBS, SITTINGS
from chainrule.store.queries import columns, in_time, records
from chainrule.store.records import Exam
from chainrule.store.tables import ENDINGS, EXAMS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.store import Store


def open_exams(store: Store, learner: str | None = None) -> tuple[Exam, ...]:
    """The exams that were neither handed in nor ended, in the order of time. learner: None for all."""
    with store.reading() as connection:
        return open_exams_in(connection, learner)


def open_exams_in(connection: Connection, learner: str | None = None) -> tuple[Exam, ...]:
    """The same within a transaction that is open."""
    ended = exists().where(ENDINGS.c["exam"] == EXAMS.c["id"])
    handed_in = exists().where(JOBS.c["exam"] == EXAMS.c["id"], JOBS.c["hand_in"] != "")
    statement = select(*columns(Exam)).where(~ended, ~handed_in).order_by(*in_time(EXAMS))
    if learner is not None:
        statement = statement.where(EXAMS.c["learner"] == learner)
    return records(Exam, connection.execute(statement))


def open_assigned(store: Store, learner: str) -> tuple[Exam, ...]:
    """Those of them that the learner began for an assignment."""
    begun = exists().where(SITTINGS.c["exam"] == EXAMS.c["id"])
    ended = exists().where(ENDINGS.c["exam"] == EXAMS.c["id"])
    handed_in = exists().where(JOBS.c["exam"] == EXAMS.c["id"], JOBS.c["hand_in"] != "")
    statement = select(*columns(Exam)).where(EXAMS.c["learner"] == learner, begun, ~ended, ~handed_in)
    with store.reading() as connection:
        return records(Exam, connection.execute(statement.order_by(*in_time(EXAMS))))


def is_open_in(connection: Connection, exam: str) -> bool:
    """Whether an exam was neither handed in nor ended, within a transaction that is open."""
    if connection.execute(select(ENDINGS.c["row"]).where(ENDINGS.c["exam"] == exam).limit(1)).first():
        return False
    return not found_in(connection, Job, id=hand_in_id(exam))


def sitting_of(store: Store, exam: str) -> Sitting | None:
    """For which assignment the exam was begun; None for one of the learner's own."""
    from chainrule.classes.rows import first

    return first(store, Sitting, exam=exam)


def hand_in_id(exam: str) -> str:
    """The id of the job that hands in the exam: there is one, whoever asks for it, and however often."""
    return hashlib.sha256(f"hand-in {exam}".encode()).hexdigest()[:32]
