"""What a store holds of a class, or of everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from chainrule.files import InputError

if TYPE_CHECKING:
    from chainrule.classes.left_out import Over
    from chainrule.classes.records import Assignment, Classroom
    from chainrule.store.records import Judged
    from chainrule.store.store import Store

Titled = TypeVar("Titled", "Classroom", "Assignment")


def stored(store: Store, room: Classroom | None, wanted: Callable[[str], bool]) -> tuple[list[Judged], list[Over]]:
    """The judged answers in the order of time, and what exams that are over asked. room: None for everybody."""
    from chainrule.classes.classrooms import members_of
    from chainrule.classes.left_out import over_in
    from chainrule.classes.sittings import judged_by

    ids = None if room is None else {member.account.id for member in members_of(store, room.id, "student")}
    exams = [one.id for one in store.exams(None) if ids is None or one.learner in ids]
    with store.reading() as connection:
        items = over_in(connection, exams)
        judged = [] if ids is None else list(judged_by(connection, sorted(ids)))
    judged = list(store.judged(None)) if ids is None else judged
    judged = sorted((one for one in judged if wanted(one.item.family)), key=lambda one: one.attempt.at)
    return judged, [one for one in items if wanted(one.item.family)]


def sat(
    store: Store, room: Classroom, given: Assignment, wanted: Callable[[str], bool]
) -> tuple[list[Judged], list[Over]]:
    """The same of one assignment of a class: the exams of its students that are over, and nothing else."""
    from chainrule.classes.classrooms import members_of
    from chainrule.classes.left_out import over_in
    from chainrule.classes.records import Sitting
    from chainrule.classes.rows import found_in
    from chainrule.classes.sittings import endings_of, judged_in

    ids = {member.account.id for member in members_of(store, room.id, "student")}
    with store.reading() as connection:
        sittings = found_in(connection, Sitting, assignment=given.id)
        over = sorted(endings_of(connection, [one.exam for one in sittings if one.account in ids]))
        items = over_in(connection, over)
        judged = [one for one in judged_in(connection, over) if wanted(one.item.family)]
    return judged, [one for one in items if wanted(one.item.family)]


def classroom(store: Store, named: str) -> Classroom:
    """The class of that id or title. Raises InputError."""
    from chainrule.classes.records import Classroom
    from chainrule.classes.rows import found

    return _named(found(store, Classroom), named, store.name, ("class", "classes"))


def assignment(store: Store, room: Classroom, named: str) -> Assignment:
    """The assignment of the class of that id or title. Raises InputError."""
    from chainrule.classes.records import Assignment
    from chainrule.classes.rows import found

    given = found(store, Assignment, classroom=room.id)
    return _named(given, named, store.name, ("assignment", "assignments"), f" in {room.title!r}")


def _named(there: Sequence[Titled], named: str, store: str, words: tuple[str, str], where: str = "") -> Titled:
    """The one of that id, else of that title. words: for one and for several. Raises InputError."""
    same = [one for one in there if one.id == named] or [one for one in there if one.title == named]
    if len(same) == 1:
        return same[0]
    known = ", ".join(f"{one.title!r} ({one.id})" for one in there) or "none"
    what = f"{len(same)} {words[1]} are called {named!r}" if same else f"there is no {words[0]} {named!r}"
    raise InputError(f"{store}: {what}{where}; known are {known}")
