"""A learner's settings: the day of the exam, topics, minutes a day."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("settings", __name__)


@pages.get("/settings")
@access("learner")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="Settings")
