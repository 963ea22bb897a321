"""Where one begins: what is due today, topics, progress."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("home", __name__)


@pages.get("/")
@access("learner")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="Today")
