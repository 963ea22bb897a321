"""Classes that one teaches, and their assignments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint

from chainrule.classes.classrooms import members_of
from chainrule.classes.records import Assignment, Sitting
from chainrule.classes.rows import found
from chainrule.web.api.base import Said
from chainrule.web.api.operations import operation
from chainrule.web.own import own_assignment, own_class, own_classes
from chainrule.web.people import person
from chainrule.web.site import site

if TYPE_CHECKING:
    from chainrule.classes.records import Classroom

routes = Blueprint("classes", __name__)
NOT_YOURS = "There is no such class, or you do not teach it."


class ClassEntry(Said):
    """A class. zone: of its dates, an IANA name. url: of its page."""

    id: str
    title: str
    zone: str
    students: int
    url: str


class Classes(Said):
    """In the order of their making."""

    classes: tuple[ClassEntry, ...]


class AssignmentEntry(Said):
    """An assignment. late_percent: of the marks, for each day begun after `due`, up to `late_days`, when it closes.

    reveals: when results are shown. begun: how many students have begun.
    """

    id: str
    title: str
    opens: datetime
    due: datetime
    reveals: datetime
    late_percent: float
    late_days: int
    begun: int
    url: str


class Assignments(Said):
    """By due time."""

    assignments: tuple[AssignmentEntry, ...]


class WholeAssignment(AssignmentEntry):
    """An assignment with its blueprint in YAML."""

    blueprint: str


@operation(routes, "GET", "/classes", who="instructor")
def index() -> Classes:
    """The classes that one teaches."""
    return Classes(classes=tuple(_class(room) for room in own_classes(site(), person())))


@operation(routes, "GET", "/classes/<id>", who="instructor", refuses={404: NOT_YOURS})
def show(id: str) -> ClassEntry:
    """One class."""
    return _class(own_class(site(), person(), id))


@operation(routes, "GET", "/classes/<id>/assignments", who="instructor", refuses={404: NOT_YOURS})
def assignments(id: str) -> Assignments:
    """The assignments of a class."""
    room = own_class(site(), person(), id)
    given = sorted(found(site().store, Assignment, classroom=room.id), key=lambda one: (one.due, one.at))
    return Assignments(assignments=tuple(_assignment(room, one) for one in given))


@operation(routes, "GET", "/classes/<id>/assignments/<assignment>", who="instructor", refuses={404: NOT_YOURS})
def assignment(id: str, assignment: str) -> WholeAssignment:
    """One assignment, with what it asks."""
    room, given = own_assignment(site(), person(), id, assignment)
    return WholeAssignment(**dict(_assignment(room, given)), blueprint=given.blueprint)


def _class(room: Classroom) -> ClassEntry:
    students = len(members_of(site().store, room.id, "student"))
    return ClassEntry(id=room.id, title=room.title, zone=room.zone, students=students, url=f"/classes/{room.id}")


def _assignment(room: Classroom, one: Assignment) -> AssignmentEntry:
    begun = len(found(site().store, Sitting, assignment=one.id))
    return AssignmentEntry(
        id=one.id, title=one.title, opens=one.opens, due=one.due, reveals=one.reveals, late_percent=one.late_percent,
        late_days=one.late_days, begun=begun, url=f"/classes/{room.id}/assignments/{one.id}",
    )  # fmt: skip
