"""What the bar above every page leads to."""

from __future__ import annotations

from flask import url_for

from chainrule.web.people import visitor
from chainrule.web.site import site

LEARNER = (
    ("Today", "home.index"),
    ("Exams", "exams.index"),
    ("Sheets", "sheets.index"),
    ("Progress", "progress.index"),
    ("History", "history.index"),
    ("Settings", "settings.index"),
)
INSTRUCTOR = (("Classes", "classes.index"), ("Appeals", "appeals.index"))


def navigation() -> list[tuple[str, str]]:
    """Names and addresses, for whoever asks."""
    found = visitor()
    if found is None:
        return []
    also = INSTRUCTOR if site().classes and found.role == "instructor" else ()
    return [(name, url_for(endpoint)) for name, endpoint in LEARNER + also]
