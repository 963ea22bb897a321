"""An assignment while it runs: who has begun, how far they are, how much time they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Literal, TypeAlias

from chainrule.classes.classrooms import Member, members_of
from chainrule.classes.records import Accommodation, Assignment, Sitting
from chainrule.classes.rows import found_in
from chainrule.classes.sittings import answered_of, endings_of, exams_of, families_of, handed_in, unreadable_in
from chainrule.classes.terms import terms_of
from chainrule.exams.clock import Clock

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.store import Store
    from questions.bank import Bank

How: TypeAlias = Literal["not begun", "sitting", "time is up", "being marked", "handed in"]


@dataclass(frozen=True)
class LiveLine:
    """One student. answered: of so many parts. left: seconds, `inf` without a limit; begun, ended: None before it.

    broken: it is not marked, and cannot be read any more.
    """

    member: Member
    how: How
    answered: int = 0
    parts: int = 0
    left: float = 0.0
    begun: datetime | None = None
    ended: datetime | None = None
    broken: bool = False


def live(store: Store, bank: Bank, given: Assignment, at: datetime) -> tuple[LiveLine, ...]:
    """All students of the class, in the order of their names."""
    students = members_of(store, given.classroom, "student")
    with store.reading() as connection:
        return _lines(connection, bank, given, students, at)


def _lines(
    connection: Connection, bank: Bank, given: Assignment, students: tuple[Member, ...], at: datetime
) -> tuple[LiveLine, ...]:
    sat = {one.account: one.exam for one in found_in(connection, Sitting, assignment=given.id)}
    ids = list(sat.values())
    exams, over, marked = exams_of(connection, ids), handed_in(connection, ids), endings_of(connection, ids)
    answered, parts = answered_of(connection, ids), _parts(connection, bank, ids)
    broken = unreadable_in(connection, [exam for id, exam in exams.items() if id not in marked], bank.families)
    special = found_in(connection, Accommodation, assignment=given.id)
    lines = []
    for member in students:
        id = sat.get(member.account.id)
        if id is None or id not in exams:
            lines.append(LiveLine(member, "not begun"))
            continue
        terms = terms_of(given, member.account.id, special, [member.membership])
        exam = exams[id]
        ends = Clock(exam.at, exam.minutes, terms.extra, terms.more).ends
        left = (min(ends, terms.closes) - at).total_seconds() if ends else inf
        left = min(left, (terms.closes - at).total_seconds())
        how = _how(left, handed_in=id in over, marked=id in marked)
        done, of = answered.get(id, 0), parts[id]
        lines.append(LiveLine(member, how, done, of, left, exam.at, over.get(id), broken=id in broken))
    return tuple(lines)


def _how(left: float, *, handed_in: bool, marked: bool) -> How:
    if marked:
        return "handed in"
    if handed_in:
        return "being marked"
    return "sitting" if left > 0 else "time is up"


def _parts(connection: Connection, bank: Bank, ids: list[str]) -> Mapping[str, int]:
    """How many parts each exam has; a family that is gone has none."""
    parts = {id: sum(1 for _ in family.parts()) for id, family in bank.families.items()}
    asked = families_of(connection, ids)
    return {id: sum(parts.get(family, 0) for family in families) for id, families in asked.items()}
