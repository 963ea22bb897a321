"""Classes: made, listed, their people and invitations."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("classes", __name__)


@pages.get("/classes")
@access("instructor")
def index() -> str:
    """The page."""
    return render_template("web/home.html", title="Classes")
