"""What became of many exams at once: one question to the store for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from chainrule.classes.records import Job
from chainrule.classes.rows import found_in
from chainrule.exams.kept_form import is_readable
from chainrule.store.queries import columns, in_time, judged, latest, select_judged
from chainrule.store.records import Ending, Exam, Item, Judged
from chainrule.store.tables import APPEALS, ATTEMPTS, DECISIONS, DRAFTS, ITEMS, TABLES

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

MANY = 500  # ids in one statement


def exams_of(connection: Connection, exams: Sequence[str]) -> Mapping[str, Exam]:
    """The exams by their ids."""
    return {one.id: one for one in _all(connection, Exam, "id", exams)}


def endings_of(connection: Connection, exams: Sequence[str]) -> Mapping[str, Ending]:
    """The end of each exam that has one, the first where there are two."""
    return {one.exam: one for one in reversed(_all(connection, Ending, "exam", exams))}


def handed_in(connection: Connection, exams: Sequence[str]) -> Mapping[str, datetime]:
    """When each exam that is over was handed in, or its time was; the verdicts may come later."""
    found = {id: one.at for id, one in endings_of(connection, exams).items()}
    for some in _by_many(exams):
        found |= {one.exam: one.at for one in found_in(connection, Job, exam=list(some)) if one.hand_in}
    return found


def items_of(connection: Connection, exams: Sequence[str]) -> Sequence[Item]:
    """What the exams ask."""
    return _all(connection, Item, "exam", exams)


def families_of(connection: Connection, exams: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The families of each exam's questions, in order."""
    families: dict[str, list[str]] = {id: [] for id in exams}
    for item in items_of(connection, exams):
        families[item.exam].append(item.family)
    return families


def unreadable_in(connection: Connection, exams: Sequence[Exam], known: Container[str]) -> frozenset[str]:
    """Those of the exams that cannot be read any more, as far as that is seen without a draw. known: families."""
    families = families_of(connection, [exam.id for exam in exams])
    return frozenset(exam.id for exam in exams if not is_readable(exam.blueprint, families[exam.id], known))


def answered_of(connection: Connection, exams: Sequence[str]) -> Mapping[str, int]:
    """How many parts of each exam have an answer that was saved."""
    counts: Counter[str] = Counter()
    for some in _by_many(exams):
        own = select(ITEMS.c["id"]).where(ITEMS.c["exam"].in_(some))
        newest = latest(DRAFTS, "item", "part", among=DRAFTS.c["item"].in_(own))
        statement = (
            select(ITEMS.c["exam"], func.count())
            .join(newest, ITEMS.c["id"] == newest.c["item"])
            .where(newest.c["place"] == 1, func.trim(newest.c["answer"]) != "")
            .group_by(ITEMS.c["exam"])
        )
        counts.update({exam: count for exam, count in connection.execute(statement)})
    return counts


def judged_in(connection: Connection, exams: Sequence[str]) -> Sequence[Judged]:
    """All judged answers of the exams, each with the verdict that counts."""
    return _judged_where(connection, ITEMS.c["exam"], exams)


def judged_by(connection: Connection, learners: Sequence[str]) -> Sequence[Judged]:
    """All judged answers of these people, each with the verdict that counts."""
    return _judged_where(connection, ITEMS.c["learner"], learners)


def appeals_in(connection: Connection, exams: Sequence[str]) -> Mapping[str, int]:
    """How many appeals about each exam wait for a decision."""
    counts: Counter[str] = Counter()
    for some in _by_many(exams):
        statement = (
            select(ITEMS.c["exam"], func.count())
            .select_from(APPEALS)
            .join(ATTEMPTS, APPEALS.c["attempt"] == ATTEMPTS.c["id"])
            .join(ITEMS, ATTEMPTS.c["item"] == ITEMS.c["id"])
            .outerjoin(DECISIONS, DECISIONS.c["appeal"] == APPEALS.c["id"])
            .where(ITEMS.c["exam"].in_(some), DECISIONS.c["id"].is_(None))
            .group_by(ITEMS.c["exam"])
        )
        counts.update({exam: count for exam, count in connection.execute(statement)})
    return counts


def _judged_where(connection: Connection, column: ColumnElement[Any], ids: Sequence[str]) -> Sequence[Judged]:
    found: list[Judged] = []
    for some in _by_many(ids):
        found += judged(connection.execute(select_judged().where(column.in_(some))))
    return sorted(found, key=lambda one: one.attempt.at)


def _all(connection: Connection, kind: type[Any], column: str, ids: Sequence[str]) -> list[Any]:
    table = TABLES[kind]
    rows: list[Any] = []
    for some in _by_many(ids):
        statement = select(*columns(kind)).where(table.c[column].in_(some)).order_by(*in_time(table))
        rows += [kind(*row) for row in connection.execute(statement)]
    return rows


def _by_many(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), MANY):
        yield ids[start : start + MANY]
