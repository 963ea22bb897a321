"""Answers that learners think are right."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("appeals", __name__)


@pages.get("/appeals")
@access("instructor")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="Appeals")
