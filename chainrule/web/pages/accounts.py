"""Logging in and out, joining a class, and links that let somebody in once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for

from chainrule.classes.errors import AccountError
from chainrule.web import entering
from chainrule.web.people import access, visitor

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("accounts", __name__)


@pages.get("/login")
@access("anyone")
def login() -> ResponseReturnValue:
    """The form; whoever is logged in goes on to where they wanted."""
    towards = entering.own_path(request.args.get("next", ""))
    return redirect(towards) if visitor() else _login(towards)


@pages.post("/login")
@access("anyone")
def log_in() -> ResponseReturnValue:
    """Checks login and password."""
    towards, typed = entering.own_path(request.form.get("next", "")), request.form.get("login", "")
    if entering.log_in(typed, request.form.get("password", "")):
        return redirect(towards, 303)
    return _login(towards, typed, "Login and password do not belong together. Try again, or ask your instructor."), 422


def _login(towards: str, typed: str = "", error: str = "") -> str:
    return render_template("web/login.html", title="Log in", next=towards, login=typed, error=error)


@pages.post("/logout")
@access("learner")
def logout() -> ResponseReturnValue:
    """Ends the session."""
    entering.log_out()
    answer = redirect(url_for("accounts.login"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # others may sit down at this browser
    return answer


@pages.get("/join/<token>")
@access("anyone")
def join(token: str) -> ResponseReturnValue:
    """Asks a new person for login, name and password, and anybody who is logged in whether they want to join."""
    return _join(token)


@pages.post("/join/<token>")
@access("anyone")
def joined(token: str) -> ResponseReturnValue:
    """Makes the account, or takes the person who asks into the class."""
    try:
        title = entering.join(token, request.form)
    except AccountError as error:
        return _join(token, str(error)), 422
    flash(f"You are in the class {title} now.", "remark")
    return redirect(url_for("home.index"), 303)


def _join(token: str, error: str = "") -> str:
    room = entering.invited(token)
    typed = {name: request.form.get(name, "") for name in ("login", "shown")}
    return render_template("web/join.html", title=f"Join {room.room.title}", open=room, error=error, **typed)


@pages.get("/reset/<link>")
@access("anyone")
def reset(link: str) -> ResponseReturnValue:
    """Asks for a new password."""
    return _reset(link)


@pages.post("/reset/<link>")
@access("anyone")
def was_reset(link: str) -> ResponseReturnValue:
    """Takes it, and logs in."""
    try:
        entering.reset(link, request.form)
    except AccountError as error:
        return _reset(link, str(error)), 422
    return redirect(url_for("home.index"), 303)


def _reset(link: str, error: str = "") -> str:
    return render_template("web/reset.html", title="New password", account=entering.to_reset(link), error=error)


@pages.get("/setup/<link>")
@access("anyone")
def setup(link: str) -> ResponseReturnValue:
    """Asks the first instructor of a server for login, name and password."""
    return _setup(link)


@pages.post("/setup/<link>")
@access("anyone")
def was_set_up(link: str) -> ResponseReturnValue:
    """Makes the account, and logs in."""
    try:
        entering.set_up(link, request.form)
    except AccountError as error:
        return _setup(link, str(error)), 422
    return redirect(url_for("classes.index"), 303)


def _setup(link: str, error: str = "") -> str:
    entering.can_set_up(link)
    typed = {name: request.form.get(name, "") for name in ("login", "shown")}
    return render_template("web/setup.html", title="The first instructor", error=error, **typed)
