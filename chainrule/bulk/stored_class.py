"""What a store holds of a class, or of everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from chainrule.files import InputError

if TYPE_CHECKING:
    from chainrule.classes.records import Classroom
    from chainrule.store.records import Item, Judged
    from chainrule.store.store import Store


def stored(store: Store, room: Classroom | None, wanted: Callable[[str], bool]) -> tuple[list[Judged], list[Item]]:
    """The judged answers in the order of time, and what exams that are over asked. room: None for everybody."""
    from chainrule.classes.classrooms import members_of
    from chainrule.classes.sittings import endings_of, items_of, judged_by

    ids = None if room is None else {member.account.id for member in members_of(store, room.id, "student")}
    exams = [one.id for one in store.exams(None) if ids is None or one.learner in ids]
    with store.reading() as connection:
        over = sorted(endings_of(connection, exams))
        items = [one for one in items_of(connection, over) if wanted(one.family)]
        judged = [] if ids is None else list(judged_by(connection, sorted(ids)))
    judged = list(store.judged(None)) if ids is None else judged
    judged = sorted((one for one in judged if wanted(one.item.family)), key=lambda one: one.attempt.at)
    return judged, items


def classroom(store: Store, named: str) -> Classroom:
    """The class of that id or title. Raises InputError."""
    from chainrule.classes.records import Classroom
    from chainrule.classes.rows import found

    rooms = found(store, Classroom)
    same = [one for one in rooms if one.id == named] or [one for one in rooms if one.title == named]
    if len(same) == 1:
        return same[0]
    known = ", ".join(f"{one.title!r} ({one.id})" for one in rooms) or "none"
    what = f"{len(same)} classes are called {named!r}" if same else f"there is no class {named!r}"
    raise InputError(f"{store.name}: {what}; known are {known}")
