"""The people of a class, and the links by which they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from chainrule.classes import invitations
from chainrule.classes.accounts import activate, deactivate
from chainrule.classes.audit import What, name_of
from chainrule.classes.classrooms import LastInstructor, members_of, remove_person, set_extra, set_role
from chainrule.classes.errors import AccountError
from chainrule.classes.links import reset_link
from chainrule.classes.records import Account, Classroom, Invitation, Role
from chainrule.classes.rows import first
from chainrule.exams.clock import MOST_EXTRA
from chainrule.web.form_fields import Typed
from chainrule.web.noting import noted
from chainrule.web.own import in_own_hands, own_class, own_member
from chainrule.web.people import access, person
from chainrule.web.refusals import Refused
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("members", __name__)
FACTORS = ("1", "1.25", "1.5", "2")
ROLES: dict[str, Role] = {"student": "student", "instructor": "instructor"}
NOT_YOURS_ALONE = (
    "Only the instructor of all their classes can do that, and only for students; "
    "whoever runs the server can do it with `chainrule admin`."
)


@pages.get("/classes/<id>/people")
@access("instructor")
def people(id: str) -> str:
    """Students, instructors and invitations."""
    return _people(own_class(site(), person(), id), Typed({"uses": "30", "days": "14", "role": "student"}))


def _people(room: Classroom, typed: Typed) -> str:
    members = members_of(site().store, room.id)
    return render_template(
        "web/class_people.html",
        title=f"{room.title}: people",
        room=room,
        members=members,
        own=in_own_hands(site(), person(), [one.account for one in members]),
        invitations=invitations.of_class(site().store, room, site().clock()),
        factors=FACTORS,
        typed=typed,
    )


@pages.post("/classes/<id>/invitations")
@access("instructor")
def invite(id: str) -> ResponseReturnValue:
    """Makes an invitation; its link is shown on the next page and never again."""
    room = own_class(site(), person(), id)
    typed = Typed(request.form)
    role = typed.choice("role", ROLES, "a role")
    uses = typed.whole("uses", 1, invitations.MOST_USES)
    days = typed.whole("days", 1, invitations.MOST_DAYS)
    if typed.faults:
        return _people(room, typed), 422
    try:
        _, secret = invitations.new(site().store, room, ROLES[role], uses, days, site().clock())
    except AccountError as error:
        raise Refused(str(error), 422) from None
    _note("invitation-made", f"{room.title}, {role}, {uses} uses, {days} days")
    link = url_for("accounts.join", token=secret, _external=True)
    flash(("A link to join, for sending on. It is shown this once.", link), "link")  # type: ignore[arg-type]
    return redirect(url_for("members.people", id=room.id), 303)


@pages.post("/classes/<id>/invitations/<invitation>/revoke")
@access("instructor")
def revoke(id: str, invitation: str) -> ResponseReturnValue:
    """Ends an invitation."""
    room = own_class(site(), person(), id)
    known = first(site().store, Invitation, classroom=room.id, id=invitation)
    if known is None or not invitations.end(site().store, room, invitation):
        abort(404)
    _note("invitation-ended", f"{room.title}, {known.role}, {known.left} uses left")
    return _done(room, "Nobody can use that link any more.")


@pages.post("/classes/<id>/people/<account>/extra")
@access("instructor")
def extra(id: str, account: str) -> ResponseReturnValue:
    """Gives a person more time in all exams of the class."""
    room = own_class(site(), person(), id)
    member, known = own_member(site(), room, account)
    typed = Typed(request.form)
    factor = typed.number("extra", 1.0, MOST_EXTRA)
    if typed.faults:
        flash(f"{known.shown}: {typed.faults['extra']}", "fault")
        return redirect(url_for("members.people", id=room.id), 303)
    set_extra(site().store, member, factor)
    _note("accommodation-changed", f"{room.title}: {name_of(known)}, times {factor:g}", known.id)
    return _done(room, f"{known.shown} has {factor:g} times the minutes, also in exams that run.")


@pages.post("/classes/<id>/people/<account>/role")
@access("instructor")
def role(id: str, account: str) -> ResponseReturnValue:
    """Makes a person instructor or student of the class."""
    room = own_class(site(), person(), id)
    member, known = own_member(site(), room, account)
    wanted = ROLES.get(request.form.get("role", ""))
    if wanted is None:
        raise Refused("Choose student or instructor.", 422)
    try:
        set_role(site().store, member, wanted)
    except LastInstructor:
        return _last(room)
    _note("role-changed", f"{room.title}: {name_of(known)}, {wanted}", known.id)
    if known.id == person().id and wanted == "student":
        return redirect("/", 303)
    return _done(room, f"{known.shown} is {wanted} of this class.")


@pages.post("/classes/<id>/people/<account>/remove")
@access("instructor")
def remove(id: str, account: str) -> ResponseReturnValue:
    """Takes a person out of the class."""
    room = own_class(site(), person(), id)
    member, known = own_member(site(), room, account)
    try:
        remove_person(site().store, member)
    except LastInstructor:
        return _last(room)
    _note("class-left", f"{room.title}: {name_of(known)}", known.id)
    if known.id == person().id:
        return redirect(url_for("home.index"), 303)
    return _done(room, f"{known.shown} is no longer in this class; what was answered stays.")


@pages.post("/classes/<id>/people/<account>/reset")
@access("instructor")
def reset(id: str, account: str) -> ResponseReturnValue:
    """Makes a link by which a student chooses a new password."""
    room, known = _own_student(id, account)
    link = url_for("accounts.reset", link=reset_link(site().secret, known, site().clock()), _external=True)
    _note("reset-link-made", name_of(known), known.id)
    says = f"A link for {known.shown} to choose a new password, good for a day and once. It is shown this once."
    flash((says, link), "link")  # type: ignore[arg-type]
    return redirect(url_for("members.people", id=room.id), 303)


@pages.post("/classes/<id>/people/<account>/close")
@access("instructor")
def close(id: str, account: str) -> ResponseReturnValue:
    """Closes the account of a student: no login, no session."""
    room, known = _own_student(id, account)
    deactivate(site().store, known)
    _note("account-closed", name_of(known), known.id)
    return _done(room, f"{known.shown} cannot log in any more.")


@pages.post("/classes/<id>/people/<account>/open")
@access("instructor")
def reopen(id: str, account: str) -> ResponseReturnValue:
    """Opens a closed account again."""
    room, known = _own_student(id, account)
    activate(site().store, known)
    _note("account-opened", name_of(known), known.id)
    return _done(room, f"{known.shown} can log in again.")


def _own_student(id: str, account: str) -> tuple[Classroom, Account]:
    room = own_class(site(), person(), id)
    _, known = own_member(site(), room, account)
    if not in_own_hands(site(), person(), [known]):
        raise Refused(NOT_YOURS_ALONE, 403)
    return room, known


def _note(what: What, about: str, whom: str = "") -> None:
    noted(what, about, whom=whom)


def _done(room: Classroom, says: str) -> ResponseReturnValue:
    flash(says)
    return redirect(url_for("members.people", id=room.id), 303)


def _last(room: Classroom) -> ResponseReturnValue:
    flash("A class needs an instructor; make somebody else one first.", "fault")
    return redirect(url_for("members.people", id=room.id), 303)
