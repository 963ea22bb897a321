"""Revision sheets."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("sheets", __name__)


@pages.get("/sheets")
@access("learner")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="Sheets")
