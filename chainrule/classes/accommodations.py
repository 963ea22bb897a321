"""What is different for single students in an assignment, also while it runs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from chainrule.classes.records import Accommodation, Assignment, Membership, Sitting
from chainrule.classes.rows import change, change_in, found_in, put_in, remove, remove_in
from chainrule.classes.sittings import exams_of, handed_in
from chainrule.classes.terms import terms_of
from chainrule.exams.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from chainrule.store.store import Store


def accommodate(
    store: Store, assignment: str, account: str, *, due: datetime | None, extra: float, held: bool = True
) -> None:
    """Gives the student an own due time and factor. due: None, and extra: 0, leave them as they are.

    held: whether the others' results wait while the student may answer.
    """
    values = {"due": due.isoformat()} if due else {}
    with store.writing() as connection:
        _keep_in(connection, assignment, account, **values, **({"extra": extra} if extra else {}), held=held)


def remove_accommodation(store: Store, assignment: str, account: str) -> None:
    """Has the same hold for the student as for all others."""
    remove(store, Accommodation, assignment=assignment, account=account)


def release(store: Store, assignment: str, accounts: Sequence[str]) -> None:
    """Has the others' results come as planned, though these students may still answer."""
    change(store, Accommodation, {"assignment": assignment, "account": list(accounts)}, held=False)


def more_minutes(
    store: Store, given: Assignment, minutes: float, at: datetime, *, account: str = ""
) -> tuple[str, ...]:
    """The accounts that got so many more minutes: all who sit at that time, or that one of them.

    By clock and by due time alike. They stand beside what was accommodated, so that they can be taken back.
    """
    with store.writing() as connection:
        sat = {one.exam: one.account for one in found_in(connection, Sitting, assignment=given.id)}
        ended = handed_in(connection, list(sat))
        special = found_in(connection, Accommodation, assignment=given.id)
        members = found_in(connection, Membership, classroom=given.classroom)
        got = []
        for id, exam in exams_of(connection, list(sat)).items():
            terms = terms_of(given, sat[id], special, members)
            clock = Clock(exam.at, exam.minutes, terms.extra, terms.more)
            if id in ended or clock.is_over(at) or at >= terms.closes or account not in ("", sat[id]):
                continue
            _keep_in(connection, given.id, sat[id], more=terms.more + minutes)
            got.append(sat[id])
    return tuple(got)


def take_minutes_back(store: Store, assignment: str, account: str) -> bool:
    """Whether what `more_minutes` gave the student was taken back; what was accommodated otherwise stays.

    Whoever has handed in keeps them: without them the exam might have been late.
    """
    wanted = {"assignment": assignment, "account": account}
    with store.writing() as connection:
        if handed_in(connection, [one.exam for one in found_in(connection, Sitting, **wanted)]):
            return False
        remove_in(connection, Accommodation, **wanted, due="", extra=0.0)
        change_in(connection, Accommodation, wanted, more=0.0)
    return True


def _keep_in(connection: Connection, assignment: str, account: str, **values: Any) -> None:
    wanted = {"assignment": assignment, "account": account}
    if not change_in(connection, Accommodation, wanted, **values):
        put_in(connection, Accommodation(assignment, account, **values))
