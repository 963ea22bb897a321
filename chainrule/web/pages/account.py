"""One's own account: name, password, browsers that are logged in, tokens for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, url_for

from chainrule.classes.errors import AccountError
from chainrule.web import own_account
from chainrule.web.people import access

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

pages = Blueprint("account", __name__, url_prefix="/account")
DONE = {
    "name": "Your name is changed.",
    "password": "Your password is changed, all other browsers are logged out, and there are no tokens any more.",
    "session": "That browser is logged out.",
    "others": "All other browsers are logged out.",
    "revoked": "The token is revoked.",
}


@pages.get("")
@access("learner")
def show() -> ResponseReturnValue:
    """The page."""
    return _page(done=DONE.get(request.args.get("done", ""), ""))


@pages.post("/name")
@access("learner")
def name() -> ResponseReturnValue:
    """Changes the name that others see."""
    return _changed("name", lambda: own_account.change_name(request.form.get("shown", "")))


@pages.post("/password")
@access("learner")
def password() -> ResponseReturnValue:
    """Changes the password."""
    return _changed("password", lambda: own_account.change_password(request.form))


@pages.post("/sessions/others")
@access("learner")
def end_others() -> ResponseReturnValue:
    """Logs all other browsers out."""
    return _changed("others", own_account.end_other_sessions)


@pages.post("/sessions/<id>/end")
@access("learner")
def end_session(id: str) -> ResponseReturnValue:
    """Logs one browser out."""
    return _changed("session", lambda: own_account.end_session(id))


@pages.post("/tokens")
@access("learner")
def make_token() -> ResponseReturnValue:
    """Makes a token and shows it, this once."""
    try:
        return _page(token=own_account.make_token(request.form)), 201
    except AccountError as error:
        return _page(error=str(error), about="token"), 422


@pages.post("/tokens/<id>/revoke")
@access("learner")
def revoke_token(id: str) -> ResponseReturnValue:
    """Revokes one."""
    return _changed("revoked", lambda: own_account.revoke_token(id))


def _changed(done: str, change: Callable[[], None]) -> ResponseReturnValue:
    try:
        change()
    except AccountError as error:
        return _page(error=str(error), about=done), 422
    return redirect(url_for("account.show", done=done), 303)


def _page(*, done: str = "", token: str = "", error: str = "", about: str = "") -> str:
    """about: the form that the error belongs to."""
    own = own_account.own_account()
    says = {"done": done, "token": token, "error": error, "about": about}
    return render_template("web/account.html", title="Account", own=own, typed=request.form, **says)
