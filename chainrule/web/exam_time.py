"""While a student sits an exam of a class, everything that could help with it is closed to them.

What is open is listed here, so that a page which comes later is closed until somebody thinks about it.

This keeps the server from helping; it cannot keep anybody from having the public bank. Whoever has it may recognise a
public family by its prompt and let this program solve it; families that only the server has are the remedy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, redirect, request, url_for

from chainrule.web.exam_clock import learn_terms
from chainrule.web.exam_ending import hand_in_where_over
from chainrule.web.exam_records import open_assigned
from chainrule.web.people import visitor
from chainrule.web.refusals import Refused
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

# Pages of the exam itself: open for the exams that are sat at present, and for no other.
OF_THE_EXAM = frozenset({"exams.show", "exams.question", "exams.save", "exams.flag", "exams.hand_in", "exams.state"})
# What tells nothing of any question, and how formulas are read, which the exam's own fields need.
OPEN = frozenset(
    {"exams.index", "exams.begin_assignment", "reading.read", "api.exams.index", "api.exams.begin_assignment"}
)
OPEN_BLUEPRINTS = frozenset({"static", "health", "accounts", "account", "programs", "api.me", "api.description"})
OPEN_TO_PROGRAMS = frozenset({"api.exams.index", "api.exams.begin_assignment", "api.me.me", "api.description.openapi"})
OF_THE_API = "api.exams."  # its routes name a form, as the pages do
CLOSED = "You are sitting an exam. Until it is handed in, practice, sheets, history and other exams are closed."


def install(app: Flask) -> None:
    """Puts the check behind the guard, who says who asks."""
    app.before_request(_check)


def _check() -> Response | None:
    found = visitor()
    if found is None or not site().classes or _always_open():
        return None
    exams = open_assigned(site().store, found.id)
    learn_terms(site(), exams)
    sat = [exam.id for exam in exams if not hand_in_where_over(site(), exam)]
    g.sits = bool(sat)
    if not sat or request.endpoint in OPEN | OPEN_TO_PROGRAMS or _of_the_exam(sat):
        return None
    if request.path.startswith("/api/"):
        raise Refused(CLOSED)
    return redirect(url_for("exams.show", form=sat[-1], closed=1), 303)


def _always_open() -> bool:
    return request.endpoint is None or request.blueprint in OPEN_BLUEPRINTS


def _of_the_exam(sat: list[str]) -> bool:
    endpoint, form = request.endpoint or "", (request.view_args or {}).get("form")
    return (endpoint in OF_THE_EXAM or endpoint.startswith(OF_THE_API)) and form in sat
