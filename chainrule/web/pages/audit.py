"""What the people of one's own classes did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request

from chainrule.web.auditing import log_page
from chainrule.web.people import access

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

pages = Blueprint("audit", __name__)


@pages.get("/audit")
@access("instructor")
def index() -> ResponseReturnValue:
    """The page."""
    return render_template("web/audit.html", title="Log", log=log_page(request.args))
