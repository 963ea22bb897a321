"""Before each request: who asks, whether they may, and whether the request comes from our own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from chainrule.web.people import OWNER, Person, declared_access
from chainrule.web.signing_in import who
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response


def install(app: Flask) -> None:
    """Puts the guard before every request."""
    app.before_request(_guard)


def _guard() -> Response | None:
    if request.endpoint is None:
        return None  # there is no such page, which is said as such
    g.person = _who()
    if request.method not in {"GET", "HEAD", "OPTIONS"} and not g.get("by_token"):
        current_app.extensions["chainrule_csrf"].protect()
    allowed = declared_access(request.endpoint)
    if allowed is None:
        raise NotFound
    if allowed == "anyone":
        return None
    if g.person is None:
        if request.path.startswith("/api/"):
            raise Unauthorized("Send a token: Authorization: Bearer TOKEN.")
        return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))
    if allowed == "instructor" and g.person.role != "instructor":
        raise Forbidden("This page is for instructors.")
    return None


def _who() -> Person | None:
    """The person of the request."""
    return who(site()) if site().classes else OWNER
