"""An assignment while it runs: how far everybody is, more time for one or for all who sit, and own terms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from chainrule.classes.accommodations import accommodate as give
from chainrule.classes.accommodations import (
    fewer_minutes,
    more_minutes,
    release,
    remove_accommodation,
    take_minutes_back,
)
from chainrule.classes.audit import name_of
from chainrule.classes.live import live
from chainrule.classes.records import Account, Assignment, Classroom
from chainrule.classes.rows import found
from chainrule.exams.clock import MOST_EXTRA, left_text
from chainrule.web.form_fields import Typed, told_moment
from chainrule.web.held_results import held_results
from chainrule.web.noting import noted
from chainrule.web.own import own_assignment, own_student
from chainrule.web.people import access, person
from chainrule.web.site import site
from chainrule.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

pages = Blueprint("live", __name__)
MOST_MINUTES = 600
NAMED = 4  # people in one line of the log


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
        held=held_results(room, given),
    )


@pages.post("/classes/<id>/assignments/<assignment>/more")
@access("instructor")
def more(id: str, assignment: str) -> ResponseReturnValue:
    """Gives everybody who sits now, or one of them, so many minutes more."""
    room, given = own_assignment(site(), person(), id, assignment)
    return _minutes_moved(room, given, more_minutes, "{minutes} more for {whom}", "{who} got {minutes} more.")


@pages.post("/classes/<id>/assignments/<assignment>/more/remove")
@access("instructor")
def fewer(id: str, assignment: str) -> ResponseReturnValue:
    """Takes as many minutes back from them, as they were given, and never more than they got."""
    room, given = own_assignment(site(), person(), id, assignment)
    logged = "{minutes} at most taken back from {whom}"
    return _minutes_moved(room, given, fewer_minutes, logged, "Taken back from {who}: {minutes}, or what each had got.")


def _minutes_moved(
    room: Classroom, given: Assignment, move: Callable[..., tuple[str, ...]], logged: str, says: str
) -> ResponseReturnValue:
    """Moves the time of whom the form names by its minutes, and says so to the log and on the page."""
    typed = Typed(request.form)
    minutes = typed.number("minutes", 1, MOST_MINUTES)
    whom = typed.raw("whom")
    one = own_student(site(), room, whom) if whom else None
    if typed.faults:
        flash(typed.faults["minutes"], "fault")
        return _to_live(room, given)
    moved = move(site().store, given, minutes, site().clock(), account=whom)
    if not moved:
        lacks = " with minutes that could be taken back" if move is fewer_minutes else ""
        flash(f"{one.shown if one else 'Nobody'} {'does not sit' if one else 'sits'} it now{lacks}.", "fault")
        return _to_live(room, given)
    _note(room, given, logged.format(minutes=_minutes(minutes), whom=_named(moved)), whom=whom)
    who = one.shown if one else f"{counted(len(moved), 'student')} who {'sits' if len(moved) == 1 else 'sit'} now"
    flash(says.format(who=who, minutes=_minutes(minutes)))
    return _to_live(room, given)


def _named(accounts: Sequence[str]) -> str:
    """Some people by name, many by their number."""
    if len(accounts) > NAMED:
        return counted(len(accounts), "student")
    return ", ".join(name_of(one) for one in found(site().store, Account, id=list(accounts)))


def _minutes(minutes: float) -> str:
    return "1 minute" if minutes == 1 else f"{minutes:g} minutes"


@pages.post("/classes/<id>/assignments/<assignment>/more/<account>/remove")
@access("instructor")
def less(id: str, assignment: str, account: str) -> ResponseReturnValue:
    """Takes back the minutes that one student got while it was sat."""
    room, given = own_assignment(site(), person(), id, assignment)
    known = own_student(site(), room, account)
    if not take_minutes_back(site().store, given.id, known.id):
        flash(f"{known.shown} has handed in, so the minutes stay: they decide what is late.", "fault")
        return _to_live(room, given)
    _note(room, given, f"{name_of(known)}: no minutes more", whom=known.id)
    flash(f"{known.shown} has the time that was planned again.")
    return _to_live(room, given)


@pages.post("/classes/<id>/assignments/<assignment>/results")
@access("instructor")
def results(id: str, assignment: str) -> ResponseReturnValue:
    """Has results come as planned for those who are done, though those who were named may still answer."""
    room, given = own_assignment(site(), person(), id, assignment)
    named = request.form.getlist("whom")  # not who got own times since the page was made
    waiting = [one.account.id for one in held_results(room, given).waits_for if one.account.id in named]
    if waiting:
        release(site().store, given.id, waiting)
        _note(room, given, f"results as planned, though these may still answer: {_named(waiting)}")
        flash(f"Nobody waits for {_named(waiting)} any more.")
    else:
        flash("Nobody waits for them any more.")
    return redirect(url_for("assignments.show", id=room.id, assignment=given.id), 303)


def _to_live(room: Classroom, given: Assignment) -> ResponseReturnValue:
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
        give(site().store, given.id, known.id, due=due, extra=extra, held="planned" not in request.form)
        told = [f"due {told_moment(due, room.zone)}"] if due else []
        told += [f"{extra:g} times the minutes"] if extra else []
        _note(room, given, f"{name_of(known)}: {', '.join(told)}", whom=known.id)
        flash(f"{known.shown} has own terms now.")
    return redirect(url_for("assignments.show", id=room.id, assignment=given.id), 303)


@pages.post("/classes/<id>/assignments/<assignment>/accommodations/<account>/remove")
@access("instructor")
def ordinary(id: str, assignment: str, account: str) -> ResponseReturnValue:
    """Takes an accommodation back."""
    room, given = own_assignment(site(), person(), id, assignment)
    known: Account = own_student(site(), room, account)
    remove_accommodation(site().store, given.id, known.id)
    _note(room, given, f"{name_of(known)}: as all others", whom=known.id)
    flash(f"For {known.shown} the same holds as for all others.")
    return redirect(url_for("assignments.show", id=room.id, assignment=given.id), 303)


def _note(room: Classroom, given: Assignment, about: str, whom: str = "") -> None:
    noted("accommodation-changed", f"{room.title}, {given.title}: {about}", whom=whom)
