"""What was answered before, to be answered again or disputed."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("history", __name__)


@pages.get("/history")
@access("learner")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="History")
