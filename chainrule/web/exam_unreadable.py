"""The page of an exam that was begun and cannot be read any more: what happened to it, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import jsonify, render_template, request

from chainrule.classes.records import Account, Assignment, Classroom, Sitting
from chainrule.classes.rows import by_id, first
from chainrule.store.errors import NotInStore
from chainrule.web.exam_records import sitting_of
from chainrule.web.exam_seen import seen_exams
from chainrule.web.exam_standing import standing
from chainrule.web.exam_time import CLOSED
from chainrule.web.exam_times import exam_zone, told
from chainrule.web.people import person
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from chainrule.store.records import Exam
    from grader.errors import AuthorError

STATUS = 409  # it may be put right, and then the same address works again
KEEPS_ANSWERS = frozenset({"exams.save", "exams.flag"})
SAYS = "{title} cannot be read any more: what it asks was changed or removed on the server since it was begun."
KEPT = "What was saved is kept; tell whoever set it that the form {form} cannot be read."


def unreadable(error: AuthorError) -> ResponseReturnValue | None:
    """The page, or JSON for programs, where what was asked for belongs to one exam; else None.

    error: why it cannot be read, which instructors are told and students are not: it may name questions.
    """
    exam = _exam()
    if exam is None:
        return None
    says = SAYS.format(title=exam.title)
    if request.is_json or request.path.startswith("/api/"):
        over = "" if standing(site(), exam).phase == "open" else "It is handed in. "
        return jsonify({"error": f"{says} {over}{KEPT.format(form=exam.id)}"}), STATUS
    if exam.learner != person().id:
        return _to_instructor(exam, says, error), STATUS
    return _to_learner(exam, says), STATUS


def _exam() -> Exam | None:
    """The exam that the request is about, which was seen to be the person's or their student's before."""
    named = request.view_args or {}
    try:
        if "form" in named:
            return site().store.exam(named["form"])
        if "assignment" in named:
            whose = named.get("account", person().id)
            sat = first(site().store, Sitting, assignment=named["assignment"], account=whose)
            return site().store.exam(sat.exam) if sat else None
    except NotInStore:
        pass
    return None


def _to_learner(exam: Exam, says: str) -> str:
    at, zone = standing(site(), exam), exam_zone(site(), person(), exam)
    seen = seen_exams(site(), [exam], {exam.id: at.terms} if at.terms else {})[exam.id]
    return render_template(
        "web/exam_unreadable.html",
        title=exam.title,
        exam=exam,
        says=says,
        at=at,
        ended=told(at.ended, zone) if at.ended else "",
        ends=told(at.ends, zone) if at.ends else "",
        answers=sum(bool(draft.answer.strip()) for draft in site().store.drafts(exam.id).values()),
        marks=seen.marks,
        closed=CLOSED if "closed" in request.args else "",
        unsaved=request.method == "POST" and request.endpoint in KEEPS_ANSWERS,
        of_class=sitting_of(site().store, exam.id) is not None,
    )


def _to_instructor(exam: Exam, says: str, error: AuthorError) -> str:
    sat = sitting_of(site().store, exam.id)
    given = by_id(site().store, Assignment, sat.assignment) if sat else None
    return render_template(
        "web/gradebook_unreadable.html",
        title=exam.title,
        exam=exam,
        says=says,
        why=str(error),
        given=given,
        room=by_id(site().store, Classroom, given.classroom) if given else None,
        student=by_id(site().store, Account, exam.learner),
    )
