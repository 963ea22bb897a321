"""Whom the results of an assignment wait for: students with times of their own who may still answer.

Whoever has handed in holds nothing back any more, nor does who is no student of the class.
"""

from __future__ import annotations

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

    from chainrule.store.store import Store


@dataclass(frozen=True)
class Holder:
    """A student who may answer until that time, which is after the results are planned. held: the others wait."""

    account: str
    until: datetime
    held: bool


def revealed(store: Store, assignment: str, account: str, terms: Terms) -> Terms:
    """The terms of that account with `reveals` as it stands now: as planned, or when the last one is done."""
    if terms.reveals <= terms.planned:
        return terms
    with store.reading() as connection:
        given = found_in(connection, Assignment, id=assignment)
        holders = holders_in(connection, given[0]) if given else ()
    until = [one.until for one in holders if one.held or one.account == account]
    return replace(terms, reveals=min(terms.reveals, max([terms.planned, *until])))


def holders(store: Store, given: Assignment) -> tuple[Holder, ...]:
    """The students who may answer longer than until the results are planned, also where nobody waits for them."""
    with store.reading() as connection:
        return holders_in(connection, given)


def holders_in(connection: Connection, given: Assignment) -> tuple[Holder, ...]:
    """The same within a transaction that is open."""
    special = found_in(connection, Accommodation, assignment=given.id)
    results = planned(given)
    longer = {one.account: one for one in special if own_due(given, one) + given.late_days * DAY > results}
    if not longer:
        return ()
    members = found_in(connection, Membership, classroom=given.classroom, role="student", account=list(longer))
    sat = {one.account: one.exam for one in found_in(connection, Sitting, assignment=given.id, account=list(longer))}
    exams, over = exams_of(connection, list(sat.values())), handed_in(connection, list(sat.values()))
    found = []
    for member in members:
        exam = exams.get(sat.get(member.account, ""))
        if exam is not None and exam.id in over:
            continue
        terms = terms_of(given, member.account, special, [member])
        ends = Clock(exam.at, exam.minutes, terms.extra, terms.more).ends if exam is not None else None
        until = min(ends, terms.closes) if ends else terms.closes
        found.append(Holder(member.account, until, longer[member.account].held))
    return tuple(one for one in found if one.until > results)
