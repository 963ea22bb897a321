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
        more = _more_of_sitting(connection, given, at, account)
        for one, had in more.items():
            _keep_in(connection, given.id, one, more=had + minutes)
    return tuple(more)


def fewer_minutes(
    store: Store, given: Assignment, minutes: float, at: datetime, *, account: str = ""
) -> tuple[str, ...]:
    """The accounts that got so many minutes taken back: of those whom `more_minutes` may give some, who have some.

    Nobody loses more than was given.
    """
    with store.writing() as connection:
        more = {one: had for one, had in _more_of_sitting(connection, given, at, account).items() if had}
        for one, had in more.items():
            _leave_in(connection, given.id, one, max(0.0, had - minutes))
    return tuple(more)


def _more_of_sitting(connection: Connection, given: Assignment, at: datetime, account: str) -> dict[str, float]:
    """How many minutes each account has on top that sits at that time. account: '' for all."""
    sat = {one.exam: one.account for one in found_in(connection, Sitting, assignment=given.id)}
    ended = handed_in(connection, list(sat))
    special = found_in(connection, Accommodation, assignment=given.id)
    members = found_in(connection, Membership, classroom=given.classroom)
    more = {}
    for id, exam in exams_of(connection, list(sat)).items():
        terms = terms_of(given, sat[id], special, members)
        clock = Clock(exam.at, exam.minutes, terms.extra, terms.more)
        if id not in ended and not clock.is_over(at) and at < terms.closes and account in ("", sat[id]):
            more[sat[id]] = terms.more
    return more


def take_minutes_back(store: Store, assignment: str, account: str) -> bool:
    """Whether what `more_minutes` gave the student was taken back; what was accommodated otherwise stays.

    Whoever has handed in keeps them: without them the exam might have been late.
    """
    wanted = {"assignment": assignment, "account": account}
    with store.writing() as connection:
        if handed_in(connection, [one.exam for one in found_in(connection, Sitting, **wanted)]):
            return False
        _leave_in(connection, assignment, account, 0.0)
    return True


def _leave_in(connection: Connection, assignment: str, account: str, more: float) -> None:
    """Leaves the student so many minutes on top, and no accommodation that says nothing."""
    wanted = {"assignment": assignment, "account": account}
    change_in(connection, Accommodation, wanted, more=more)
    remove_in(connection, Accommodation, **wanted, due="", extra=0.0, more=0.0)


def _keep_in(connection: Connection, assignment: str, account: str, **values: Any) -> None:
    wanted = {"assignment": assignment, "account": account}
    if not change_in(connection, Accommodation, wanted, **values):
        put_in(connection, Accommodation(assignment, account, **values))
