"""What one knows, and what an exam would bring."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("progress", __name__)


@pages.get("/progress")
@access("learner")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="Progress")
