"""Whom the results of an assignment wait for: students with times of their own who may still answer.

Whoever has handed in holds nothing back any more, nor does who is no student of the class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from chainrule.classes.records import Accommodation, Assignment, Membership, Sitting
from chainrule.classes.rows import found_in
from chainrule.classes.sittings import exams_of, handed_in
from chainrule.classes.terms import DAY, Terms, own_due, planned, terms_of
from chainrule.exams.clock import Clock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.records import Exam
    from chainrule.store.store import Store


@dataclass(frozen=True)
class Holder:
    """A student who may answer until that time, which is after the results are planned. held: the others wait."""

    account: str
    until: datetime
    held: bool


def revealed(store: Store, assignment: str, account: str, terms: Terms) -> Terms:
    """The terms of that account with `reveals` as it stands now: as planned, or when the last one is done."""
    return all_revealed(store, account, {assignment: terms})[assignment]


def all_revealed(store: Store, account: str, terms: Mapping[str, Terms]) -> dict[str, Terms]:
    """The same for the terms of several assignments, by their ids; a few queries, however many there are."""
    held = [id for id, one in terms.items() if one.reveals > one.planned]
    if not held:
        return dict(terms)
    with store.reading() as connection:
        found = _holders_in(connection, found_in(connection, Assignment, id=held))
    until = {id: [one.until for one in some if one.held or one.account == account] for id, some in found.items()}
    return {
        id: replace(one, reveals=min(one.reveals, max([one.planned, *until.get(id, ())]))) if id in held else one
        for id, one in terms.items()
    }


def holders(store: Store, given: Assignment) -> tuple[Holder, ...]:
    """The students who may answer longer than until the results are planned, also where nobody waits for them."""
    with store.reading() as connection:
        return tuple(_holders_in(connection, [given])[given.id])


def _holders_in(connection: Connection, assignments: Sequence[Assignment]) -> dict[str, list[Holder]]:
    """The same for several assignments, by their ids."""
    given = {one.id: one for one in assignments}
    holders: dict[str, list[Holder]] = {id: [] for id in given}
    special = found_in(connection, Accommodation, assignment=list(given))
    longer = {(one.assignment, one.account): one for one in special if _is_longer(given[one.assignment], one)}
    if not longer:
        return holders
    accounts = sorted({account for _, account in longer})
    rooms = sorted({one.classroom for one in assignments})
    members = found_in(connection, Membership, classroom=rooms, role="student", account=accounts)
    sittings = found_in(connection, Sitting, assignment=list(given), account=accounts)
    sat = {(one.assignment, one.account): one.exam for one in sittings}
    exams, over = exams_of(connection, list(sat.values())), handed_in(connection, list(sat.values()))
    for member in members:
        for one in assignments:
            place = one.id, member.account
            if one.classroom != member.classroom or place not in longer or sat.get(place, "") in over:
                continue
            until = _until(one, member, special, exams.get(sat.get(place, "")))
            if until > planned(one):
                holders[one.id].append(Holder(member.account, until, longer[place].held))
    return holders


def _is_longer(given: Assignment, one: Accommodation) -> bool:
    return own_due(given, one) + given.late_days * DAY > planned(given)


def _until(given: Assignment, member: Membership, special: Sequence[Accommodation], exam: Exam | None) -> datetime:
    """Until when the student may answer. exam: None where it is not begun."""
    terms = terms_of(given, member.account, special, [member])
    ends = Clock(exam.at, exam.minutes, terms.extra, terms.more).ends if exam is not None else None
    return min(ends, terms.closes) if ends else terms.closes
