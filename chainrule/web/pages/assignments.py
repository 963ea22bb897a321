"""Assignments: made from a blueprint, changed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from chainrule.classes import assignments
from chainrule.classes.assignments import Begun, checked_blueprint
from chainrule.classes.blueprint_builder import blueprint_text
from chainrule.classes.classrooms import members_of
from chainrule.classes.records import Accommodation, Assignment, Classroom, Sitting
from chainrule.classes.rows import found
from chainrule.web.assignment_forms import (
    KINDS,
    LEVELS,
    changes_text,
    choices_from,
    first_values,
    offered,
    values_of,
    wanted_from,
)
from chainrule.web.exam_outline import outline_of_text
from chainrule.web.form_fields import Typed
from chainrule.web.held_results import held_results
from chainrule.web.noting import noted
from chainrule.web.own import own_assignment, own_class
from chainrule.web.people import access, person
from chainrule.web.short_windows import short_windows
from chainrule.web.site import site
from grader.errors import AuthorError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("assignments", __name__)
BEGUN = "Somebody has begun, so what it asks cannot be changed; times and title can."


@pages.get("/classes/<id>/assignments/new")
@access("instructor")
def new(id: str) -> str:
    """A form for a new assignment."""
    room = own_class(site(), person(), id)
    return _new(room, Typed(first_values(site().clock(), room.zone)))


def _new(room: Classroom, typed: Typed) -> str:
    return render_template(
        "web/assignment_new.html",
        title=f"{room.title}: new assignment",
        room=room,
        typed=typed,
        offered=offered(site()),
        begun=0,
    )


@pages.post("/classes/<id>/assignments")
@access("instructor")
def make(id: str) -> ResponseReturnValue:
    """Makes an assignment."""
    room = own_class(site(), person(), id)
    typed = Typed(request.form)
    wanted = wanted_from(typed, request.files.get("file"), site(), room.zone)
    if typed.faults:
        return _new(room, typed), 422
    made = assignments.make(site().store, room.id, wanted)
    noted("assignment-made", f"{room.title}: {made.title}")
    begins = ", before it opens" if made.opens > site().clock() else "; it is open already"
    flash(f"The assignment is made. Look at it as a student will{begins}.")
    return redirect(url_for("assignments.show", id=room.id, assignment=made.id), 303)


@pages.get("/classes/<id>/assignments/<assignment>")
@access("instructor")
def show(id: str, assignment: str) -> str:
    """One assignment: times, accommodations, and the form to change it."""
    room, given = own_assignment(site(), person(), id, assignment)
    return _show(room, given, Typed(values_of(given, room.zone)))


def _show(room: Classroom, given: Assignment, typed: Typed) -> str:
    special = found(site().store, Accommodation, assignment=given.id)
    students, outline = members_of(site().store, room.id, "student"), outline_of_text(given.blueprint)
    return render_template(
        "web/assignment.html",
        title=given.title,
        room=room,
        given=given,
        typed=typed,
        offered=offered(site()),
        begun=len(found(site().store, Sitting, assignment=given.id)),
        students=students,
        special={one.account: one for one in special},
        outline=outline,
        short=tuple(short_windows(given, outline.minutes, students, special)),
        held=held_results(room, given),
    )


@pages.post("/classes/<id>/assignments/<assignment>")
@access("instructor")
def change(id: str, assignment: str) -> ResponseReturnValue:
    """Changes an assignment: times at any time, what it asks while nobody has begun."""
    room, given = own_assignment(site(), person(), id, assignment)
    typed = Typed(values_of(given, room.zone) | request.form.to_dict())
    wanted = wanted_from(typed, request.files.get("file"), site(), room.zone, given)
    if not typed.faults:
        try:
            assignments.update(site().store, given, wanted)
        except Begun:
            typed.faults["blueprint"] = BEGUN
    if typed.faults:
        return _show(room, given, typed), 422
    noted("assignment-changed", f"{room.title}: {given.title}{changes_text(given, wanted, room.zone)}")
    flash("Saved.")
    return redirect(url_for("assignments.show", id=room.id, assignment=given.id), 303)


@pages.post("/classes/<id>/assignments/<assignment>/delete")
@access("instructor")
def delete(id: str, assignment: str) -> ResponseReturnValue:
    """Deletes an assignment that nobody has begun."""
    room, given = own_assignment(site(), person(), id, assignment)
    try:
        assignments.delete(site().store, given)
    except Begun:
        flash("Somebody has begun it, so it stays: answers are never thrown away.", "fault")
        return redirect(url_for("assignments.show", id=room.id, assignment=given.id), 303)
    noted("assignment-deleted", f"{room.title}: {given.title}")
    flash(f"{given.title} is deleted.")
    return redirect(url_for("classes.show", id=room.id), 303)


@pages.get("/classes/<id>/assignments/build")
@access("instructor")
def builder(id: str) -> str:
    """A form that makes a blueprint of topics, levels and kinds."""
    room = own_class(site(), person(), id)
    return _builder(room, Typed({"minutes": "30", "questions": "6"}))


def _builder(room: Classroom, typed: Typed) -> str:
    return render_template(
        "web/assignment_builder.html",
        title=f"{room.title}: build an assignment",
        room=room,
        typed=typed,
        offered=offered(site()),
        kinds=[(kind, kind) for kind in KINDS],
        levels=[(level, level) for level in LEVELS],
        chosen=request.form,
    )


@pages.post("/classes/<id>/assignments/build")
@access("instructor")
def build(id: str) -> ResponseReturnValue:
    """The form for a new assignment with the blueprint that was built; nothing is kept yet."""
    room = own_class(site(), person(), id)
    typed = Typed(request.form)
    chosen = choices_from(typed, request.form, site())
    if not typed.faults:
        text = blueprint_text(chosen)
        try:
            checked_blueprint(text, site().bank)
        except AuthorError as error:
            typed.faults["blueprint"] = str(error)
    if typed.faults:
        return _builder(room, typed), 422
    values = first_values(site().clock(), room.zone) | {"title": chosen.title, "blueprint": text}
    return _new(room, Typed(values))
