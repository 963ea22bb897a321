"""Classes and the people in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from chainrule.classes.records import Account, Assignment, Classroom, Membership, Role
from chainrule.classes.rows import change, change_in, found, found_in, put, remove_in
from chainrule.classes.sessions import end_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.store import Store


@dataclass(frozen=True)
class Member:
    """A person in a class."""

    membership: Membership
    account: Account


@dataclass(frozen=True)
class ClassLine:
    """A class in the list of them."""

    room: Classroom
    students: int
    assignments: int


class LastInstructor(Exception):
    """A class would be left without anybody who can see it."""


@cache
def zones() -> tuple[str, ...]:
    """The names of all zones, UTC first."""
    return ("UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


def make_class(store: Store, title: str, zone: str, owner: str) -> Classroom:
    """A new class, of which the owner is instructor."""
    room = Classroom(title, zone, owner)
    put(store, room, Membership(room.id, owner, "instructor"))
    return room


def class_lines(store: Store, rooms: tuple[Classroom, ...]) -> tuple[ClassLine, ...]:
    """The classes with what is in them."""
    ids = [room.id for room in rooms]
    students = [one.classroom for one in found(store, Membership, classroom=ids, role="student")]
    given = [one.classroom for one in found(store, Assignment, classroom=ids)]
    return tuple(ClassLine(room, students.count(room.id), given.count(room.id)) for room in rooms)


def members_of(store: Store, room: str, role: Role | None = None) -> tuple[Member, ...]:
    """The people of a class, instructors first, then by name."""
    wanted = {"classroom": room} | ({"role": role} if role else {})
    members = found(store, Membership, **wanted)
    accounts = {one.id: one for one in found(store, Account, id=[member.account for member in members])}
    listed = [Member(member, accounts[member.account]) for member in members]
    return tuple(sorted(listed, key=_place))


def _place(one: Member) -> tuple[bool, str, str]:
    return one.membership.role == "student", one.account.shown.casefold(), one.account.login


def change_class(store: Store, room: Classroom, title: str, zone: str) -> None:
    """Gives the class that title and zone; its times stay the same moments."""
    change(store, Classroom, {"id": room.id}, title=title, zone=zone)


def set_extra(store: Store, member: Membership, extra: float) -> None:
    """Gives the person that factor for the time of exams."""
    change(store, Membership, {"id": member.id}, extra=extra)


def set_role(store: Store, member: Membership, role: Role) -> None:
    """Makes the person instructor or student of the class. Raises LastInstructor.

    Who is instructor of a class is one on the server, and who is of none any more is not.
    """
    with store.writing() as connection:
        if role == "student":
            _refuse_last(connection, member)
        change_in(connection, Membership, {"id": member.id}, role=role)
        _settle_rights(connection, member.account)


def remove_person(store: Store, member: Membership) -> None:
    """Takes the person out of the class; what they answered stays. Raises LastInstructor."""
    with store.writing() as connection:
        _refuse_last(connection, member)
        remove_in(connection, Membership, id=member.id)
        if member.role == "instructor":
            _settle_rights(connection, member.account)


def _refuse_last(connection: Connection, member: Membership) -> None:
    teach = found_in(connection, Membership, classroom=member.classroom, role="instructor")
    if {one.id for one in teach} == {member.id}:
        raise LastInstructor


def _settle_rights(connection: Connection, account: str) -> None:
    teaches = bool(found_in(connection, Membership, account=account, role="instructor"))
    before, after = ("student", "instructor") if teaches else ("instructor", "student")
    if change_in(connection, Account, {"id": account, "role": before}, role=after):
        end_in(connection, account)  # what was opened with other rights is opened anew
