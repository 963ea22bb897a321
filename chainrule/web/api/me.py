"""Who the token or the session stands for."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint

import chainrule
from chainrule.web.api.base import Said
from chainrule.web.api.operations import operation
from chainrule.web.people import person
from chainrule.web.site import site

routes = Blueprint("me", __name__)


class Me(Said):
    """The person who asks. release: of the server; classes: whether it serves a class, with accounts."""

    id: str
    shown: str
    role: Literal["owner", "student", "instructor"]
    release: str
    classes: bool


@operation(routes, "GET", "/me")
def me() -> Me:
    """The person who asks, and the server's release.

    A first request that shows whether a token is good.
    """
    found = person()
    return Me(id=found.id, shown=found.shown, role=found.role, release=chainrule.__version__, classes=site().classes)
