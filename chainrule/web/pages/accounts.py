"""Logging in and out, and joining a class."""

from __future__ import annotations

from flask import Blueprint, render_template

from chainrule.web.people import access

pages = Blueprint("accounts", __name__)


@pages.get("/login")
@access("anyone")
def login() -> str:
    """The page."""
    return render_template("web/home.html", title="Log in")
