"""An assignment while it runs: how far everybody is, and more time for one student or for all who sit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from chainrule.classes.accommodations import accommodate as give
from chainrule.classes.accommodations import more_minutes
from chainrule.classes.audit import name_of, note
from chainrule.classes.live import live
from chainrule.classes.records import Account, Assignment, Classroom
from chainrule.exams.clock import MOST_EXTRA, left_text
from chainrule.web.form_fields import Typed
from chainrule.web.own import own_assignment, own_student
from chainrule.web.people import access, person
from chainrule.web.signing_in import address
from chainrule.web.site import site
from chainrule.wording import counted

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("live", __name__)
MOST_MINUTES = 600


@pages.get("/classes/<id>/assignments/<assignment>/live")
@access("instructor")
def show(id: str, assignment: str) -> str:
    """Who has begun, how many parts they have answered, and how much time they have."""
    room, given = own_assignment(site(), person(), id, assignment)
    now = site().clock()
    lines = live(site().store, site().bank, given, now)
    return render_template(
        "web/assignment_live.html",
        title=f"{given.title}: how far they are",
        room=room,
        given=given,
        lines=lines,
        counts=Counter(line.how for line in lines),
        left_text=left_text,
        now=now,
    )


@pages.post("/classes/<id>/assignments/<assignment>/more")
@access("instructor")
def more(id: str, assignment: str) -> ResponseReturnValue:
    """Gives everybody who sits now so many minutes more."""
    room, given = own_assignment(site(), person(), id, assignment)
    typed = Typed(request.form)
    minutes = typed.number("minutes", 1, MOST_MINUTES)
    if typed.faults:
        flash(typed.faults["minutes"], "fault")
    else:
        count = more_minutes(site().store, given, minutes, site().clock())
        _note(room, given, f"{minutes:g} minutes for {counted(count, 'student')}")
        flash(f"{counted(count, 'student')} who {'sits' if count == 1 else 'sit'} now got {minutes:g} minutes more.")
    return redirect(url_for("live.show", id=room.id, assignment=given.id), 303)


@pages.post("/classes/<id>/assignments/<assignment>/accommodations")
@access("instructor")
def accommodate(id: str, assignment: str) -> ResponseReturnValue:
    """Gives one student an own due time or factor."""
    room, given = own_assignment(site(), person(), id, assignment)
    known = own_student(site(), room, request.form.get("account", ""))
    typed = Typed(request.form)
    due = typed.moment("own_due", room.zone) if typed.raw("own_due").strip() else None
    extra = typed.number("extra", 1, MOST_EXTRA, empty=0)
    if due is not None and due <= given.opens:
        typed.faults["own_due"] = "It would be due before it opens; write a later time."
    if due is None and not extra:
        typed.faults["extra"] = "Write an own due time, or a factor."
    for says in typed.faults.values():
        flash(f"{known.shown}: {says}", "fault")
    if not typed.faults:
        give(site().store, given.id, known.id, due=due, extra=extra)
        _note(room, given, name_of(known))
        flash(f"{known.shown} has own terms now.")
    return redirect(url_for("assignments.show", id=room.id, assignment=given.id), 303)


@pages.post("/classes/<id>/assignments/<assignment>/accommodations/<account>/remove")
@access("instructor")
def ordinary(id: str, assignment: str, account: str) -> ResponseReturnValue:
    """Takes an accommodation back."""
    room, given = own_assignment(site(), person(), id, assignment)
    known: Account = own_student(site(), room, account)
    give(site().store, given.id, known.id, due=None, extra=0)
    _note(room, given, f"{name_of(known)}: as all others")
    flash(f"For {known.shown} the same holds as for all others.")
    return redirect(url_for("assignments.show", id=room.id, assignment=given.id), 303)


def _note(room: Classroom, given: Assignment, about: str) -> None:
    text = f"{room.title}, {given.title}: {about}"
    note(site().store, person().id, "accommodation-changed", text, address(), at=site().clock())
