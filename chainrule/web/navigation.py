"""What the bar above every page leads to."""

from __future__ import annotations

from flask import g, url_for

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
INSTRUCTOR = (("Classes", "classes.index"), ("Appeals", "appeals.index"), ("Log", "audit.index"))
ACCOUNT = (("Account", "account.show"),)


def navigation() -> list[tuple[str, str]]:
    """Names and addresses, for whoever asks."""
    found = visitor()
    if found is None:
        return []
    if g.get("sits"):  # all the rest is closed to them (`exam_time`)
        return [("Exams", url_for("exams.index"))]
    taught = INSTRUCTOR if found.role == "instructor" else ()
    also = taught + ACCOUNT if site().classes else ()
    return [(name, url_for(endpoint)) for name, endpoint in LEARNER + also]
