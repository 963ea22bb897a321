"""Before each request: who asks, whether they may, and whether the request comes from our own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g, redirect, request, url_for
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, Unauthorized

from chainrule.web.limiting import Limiting, limiting
from chainrule.web.own_token import owner_by_token
from chainrule.web.people import OWNER, Person, declared_access
from chainrule.web.signing_in import address, who, who_by_token
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

READS = frozenset({"GET", "HEAD", "OPTIONS"})
FREE = frozenset({"static.file", "health.show"})  # these are not counted


def install(app: Flask) -> None:
    """Puts the guard before every request."""
    app.extensions["chainrule_limiting"] = Limiting(app.extensions["chainrule"].limits)
    app.before_request(_guard)


def _guard() -> Response | None:
    if request.endpoint is None and (_for_programs() or isinstance(request.routing_exception, BadRequest)):
        return None  # another host, or no such operation, which is said as such
    g.person = _who()
    _count(g.person)
    if request.endpoint is None:
        return None  # there is no such page, which is said with the menu of whoever asks
    allowed = declared_access(request.endpoint)
    if allowed is None:
        raise NotFound
    if allowed != "anyone" and g.person is None:
        return _to_login()
    if request.method not in READS and not g.get("by_token"):
        _check_form()
    if allowed == "instructor" and g.person.role != "instructor":
        raise Forbidden("This page is for instructors.")
    return None


def _check_form() -> None:
    """Raises CSRFError where no page of ours sent the form, and BadRequest for one that no browser sends."""
    if any(not isinstance(name, str) for name in request.form):
        raise BadRequest("A field of the form has no name.")
    current_app.extensions["chainrule_csrf"].protect()


def _who() -> Person | None:
    """The person of the request. A token counts at the API alone, and a cookie beside it does not."""
    if _for_programs() and "Authorization" in request.headers:
        return who_by_token(site()) if site().classes else owner_by_token(site())
    return who(site()) if site().classes else OWNER


def _count(person: Person | None) -> None:
    if request.endpoint in FREE or not site().classes:
        return
    limiting().count("pages", person.id) if person else limiting().count("strangers", address())


def _for_programs() -> bool:
    return request.path.startswith("/api/")


def _to_login() -> Response:
    """Pages lead to the login and back. What was sent is refused instead: a script must not take a page for a yes."""
    if _for_programs():
        raise Unauthorized("Send a token: Authorization: Bearer TOKEN.", www_authenticate=WWWAuthenticate("bearer"))
    if request.method not in READS or request.accept_mimetypes.best == "application/json":
        raise Unauthorized("Nobody is logged in here any more. Log in, then send it again.")
    return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))
