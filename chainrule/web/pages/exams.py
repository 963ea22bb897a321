"""Exams: begun, sat, handed in, reported."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("exams", __name__)


@pages.get("/exams")
@access("learner")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="Exams")
