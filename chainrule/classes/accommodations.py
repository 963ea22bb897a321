"""What is different for single students in an assignment, also while it runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chainrule.classes.records import Accommodation, Assignment, Membership, Sitting
from chainrule.classes.rows import change_in, found_in, put_in, remove
from chainrule.classes.sittings import exams_of, handed_in
from chainrule.classes.terms import terms_of
from chainrule.exams.clock import MOST_EXTRA, Clock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.store import Store


def accommodate(store: Store, assignment: str, account: str, *, due: datetime | None, extra: float) -> None:
    """Gives the student an own due time and factor. due: None for that of all. extra: 0 for the membership's."""
    if due is None and not extra:
        remove(store, Accommodation, assignment=assignment, account=account)
        return
    with store.writing() as connection:
        _keep_in(connection, assignment, account, "" if due is None else due.isoformat(), extra)


def more_minutes(store: Store, given: Assignment, minutes: float, at: datetime) -> int:
    """How many students got so many more minutes: all who sit at that time, by clock and by due time alike.

    Each gets an accommodation, so that whoever begins later has the time that was planned, and one student's can be
    mended afterwards.
    """
    with store.writing() as connection:
        sat = {one.exam: one.account for one in found_in(connection, Sitting, assignment=given.id)}
        ended = handed_in(connection, list(sat))
        special = found_in(connection, Accommodation, assignment=given.id)
        members = found_in(connection, Membership, classroom=given.classroom)
        count = 0
        for id, exam in exams_of(connection, list(sat)).items():
            terms = terms_of(given, sat[id], special, members)
            clock = Clock(exam.at, exam.minutes, terms.extra)
            if id in ended or clock.is_over(at) or at >= terms.closes:
                continue
            extra = min(terms.extra + minutes / exam.minutes, MOST_EXTRA) if exam.minutes else terms.extra
            due = terms.due + timedelta(minutes=minutes)
            _keep_in(connection, given.id, sat[id], due.isoformat(), extra)
            count += 1
    return count


def _keep_in(connection: Connection, assignment: str, account: str, due: str, extra: float) -> None:
    wanted = {"assignment": assignment, "account": account}
    if not change_in(connection, Accommodation, wanted, due=due, extra=extra):
        put_in(connection, Accommodation(assignment, account, due, extra))
