"""Classes: made, listed, and one of them seen at a glance."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from chainrule.classes.class_appeals import Reach, appeals_of
from chainrule.classes.classrooms import change_class, class_lines, make_class, members_of, zones
from chainrule.classes.records import Assignment, Classroom
from chainrule.classes.rows import found
from chainrule.web.form_fields import Typed, told_moment
from chainrule.web.here import told_here
from chainrule.web.noting import noted
from chainrule.web.own import exams_elsewhere, own_class, own_classes
from chainrule.web.people import access, person
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("classes", __name__)
pages.add_app_template_filter(told_moment, "moment")
pages.add_app_template_filter(told_here, "here")
pages.add_app_template_filter(datetime.fromisoformat, "from_iso")
pages.add_app_template_filter(lambda value: (value, value), "twice")
LONGEST = 120  # letters of a title


@pages.get("/classes")
@access("instructor")
def index() -> str:
    """The classes of the instructor, and a form for a new one."""
    return _index(Typed({"zone": "UTC"}))


def _index(typed: Typed) -> str:
    lines = class_lines(site().store, own_classes(site(), person()))
    return render_template("web/classes.html", title="Classes", lines=lines, zones=zones(), typed=typed)


@pages.post("/classes")
@access("instructor")
def make() -> ResponseReturnValue:
    """Makes a class."""
    typed = Typed(request.form)
    title, zone = _title_and_zone(typed)
    if typed.faults:
        return _index(typed), 422
    room = make_class(site().store, title, zone, person().id)
    noted("class-made", title)
    return redirect(url_for("classes.show", id=room.id), 303)


@pages.get("/classes/<id>")
@access("instructor")
def show(id: str) -> str:
    """One class."""
    room = own_class(site(), person(), id)
    return _show(room, Typed({"title": room.title, "zone": room.zone}))


def _show(room: Classroom, typed: Typed) -> str:
    given = sorted(found(site().store, Assignment, classroom=room.id), key=lambda one: (one.due, one.at))
    students = members_of(site().store, room.id, "student")
    reach = Reach({one.account.id for one in students}, exams_elsewhere(site(), person()))
    appeals = len(appeals_of(site().store, reach))
    return render_template(
        "web/class.html",
        title=room.title,
        room=room,
        assignments=given,
        students=students,
        appeals=appeals,
        zones=zones(),
        typed=typed,
        now=site().clock(),
    )


@pages.post("/classes/<id>")
@access("instructor")
def change(id: str) -> ResponseReturnValue:
    """Gives a class another title or zone."""
    room = own_class(site(), person(), id)
    typed = Typed(request.form)
    title, zone = _title_and_zone(typed)
    if typed.faults:
        return _show(room, typed), 422
    change_class(site().store, room, title, zone)
    noted("class-changed", f"{room.title}: {title}, {zone}")
    flash("Saved.")
    return redirect(url_for("classes.show", id=room.id), 303)


def _title_and_zone(typed: Typed) -> tuple[str, str]:
    return typed.text("title", "a title", most=LONGEST), typed.choice("zone", zones(), "a zone of the list")
