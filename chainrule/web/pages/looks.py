"""An assignment seen beforehand: its questions with other numbers, on the screen and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from chainrule.classes.assignments import form_to_look_at
from chainrule.exams.exam_paper import exam_key, exam_paper, paper_view
from chainrule.web.noting import noted
from chainrule.web.own import own_assignment
from chainrule.web.people import access, person
from chainrule.web.refusals import Refused
from chainrule.web.site import site
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.classes.records import Assignment
    from chainrule.exams.form import Form

pages = Blueprint("looks", __name__)
MOST_COPIES = 999


@pages.get("/classes/<id>/assignments/<assignment>/form")
@access("instructor")
def form(id: str, assignment: str) -> str:
    """The questions that the class gets, with numbers that no student has; with `key`, the answers to them."""
    room, given = own_assignment(site(), person(), id, assignment)
    key, copy = request.args.get("key") == "1", _copy()
    drawn = _form(given, copy)
    if key:
        noted("key-seen", f"{room.title}: {given.title}")
    return render_template(
        "web/assignment_form.html",
        title=given.title,
        room=room,
        given=given,
        paper=paper_view(drawn, key=key),
        key=key,
        copy=copy,
        estimate=drawn.minutes,
    )


@pages.get("/classes/<id>/assignments/<assignment>/paper.html")
@access("instructor")
def paper(id: str, assignment: str) -> Response:
    """The form as a file to print."""
    _, given = own_assignment(site(), person(), id, assignment)
    return _file(exam_paper(_form(given, _copy())), "paper")


@pages.get("/classes/<id>/assignments/<assignment>/key.html")
@access("instructor")
def key(id: str, assignment: str) -> Response:
    """The answers to it, as a file to print."""
    room, given = own_assignment(site(), person(), id, assignment)
    noted("key-seen", f"{room.title}: {given.title}, as a file")
    return _file(exam_key(_form(given, _copy())), "key")


def _form(given: Assignment, copy: int) -> Form:
    try:
        return form_to_look_at(site().bank, given, copy)
    except AuthorError as error:
        raise Refused(f"The bank cannot fill it any more: {error}") from None


def _copy() -> int:
    text = request.args.get("copy", "")
    return min(int(text), MOST_COPIES) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _file(page: str, name: str) -> Response:
    """As a file: the page carries its own style, which no page of the server may."""
    named = {"Content-Disposition": f'attachment; filename="{name}-{_copy()}.html"'}
    return Response(page, mimetype="text/html", headers=named)
