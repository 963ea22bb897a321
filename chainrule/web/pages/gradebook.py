"""Marks of a class, the report on each exam, and the mistakes that the class makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from chainrule.classes.audit import note
from chainrule.classes.class_mistakes import part_figures, topic_figures
from chainrule.classes.classrooms import members_of
from chainrule.classes.gradebook import gradebook
from chainrule.classes.gradebook_csv import gradebook_csv
from chainrule.classes.left_out import left_out, over_in
from chainrule.classes.records import Assignment, Sitting
from chainrule.classes.rows import first, found
from chainrule.classes.sittings import handed_in, judged_by
from chainrule.examining import ended
from chainrule.exams.clock import span_text
from chainrule.exams.exam_report import sat_view
from chainrule.judging import graded_views
from chainrule.pages import percent, summary_bar
from chainrule.web.exam_clock import extra_of
from chainrule.web.own import own_assignment, own_class, own_student
from chainrule.web.people import access, not_yours, person
from chainrule.web.refusals import Refused
from chainrule.web.signing_in import address
from chainrule.web.site import site
from chainrule.web.sitting import late_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainrule.classes.records import Classroom
    from chainrule.statistics.answers import Answer
    from chainrule.store.records import Judged

pages = Blueprint("gradebook", __name__)
SHOWN = 40  # parts with their mistakes
PRACTICE = "practice"


@pages.get("/classes/<id>/gradebook")
@access("instructor")
def show(id: str) -> str:
    """Students by assignments."""
    room = own_class(site(), person(), id)
    book = gradebook(site().store, site().bank, room.id, site().clock())
    return render_template("web/gradebook.html", title=f"{room.title}: gradebook", room=room, book=book)


@pages.get("/classes/<id>/gradebook.csv")
@access("instructor")
def table(id: str) -> Response:
    """The same for a spreadsheet."""
    room = own_class(site(), person(), id)
    text = gradebook_csv(gradebook(site().store, site().bank, room.id, site().clock()))
    note(site().store, person().id, "gradebook-taken", room.title, address(), at=site().clock())
    named = {"Content-Disposition": 'attachment; filename="gradebook.csv"'}
    return Response(text, mimetype="text/csv", headers=named)


@pages.get("/classes/<id>/assignments/<assignment>/reports/<account>")
@access("instructor")
def report(id: str, assignment: str, account: str) -> str:
    """All answers of one student to an assignment, with their verdicts."""
    room, given = own_assignment(site(), person(), id, assignment)
    student = own_student(site(), room, account)
    sitting = first(site().store, Sitting, assignment=given.id, account=student.id)
    if sitting is None:
        raise not_yours()
    exam = site().store.exam(sitting.exam)
    running = site().exams.of(site().store, site().variants, exam)
    over = ended(site().store, running)
    if over is None:
        raise Refused(f"{student.shown} has not handed it in, or it is being marked; look again later.")
    graded = graded_views(over.graded.parts)
    total = over.result.total
    with site().store.reading() as connection:
        at = handed_in(connection, [exam.id])[exam.id]
    return render_template(
        "web/gradebook_report.html",
        title=f"{student.shown}: {given.title}",
        room=room,
        given=given,
        items=graded,
        lost=[f"{family} was changed since, so it is left out." for family in running.lost],
        sat=sat_view(running.form, over.result, seconds=over.seconds, extra=extra_of(site(), exam)),
        earned=total.earned,
        total=total.possible,
        percent=percent(total.earned, total.possible),
        bar=summary_bar(graded),
        lost_marks=late_marks(site(), exam, total.earned, at),
    )


@pages.get("/classes/<id>/mistakes")
@access("instructor")
def mistakes(id: str) -> str:
    """What the class did not understand, without names."""
    room = own_class(site(), person(), id)
    given = found(site().store, Assignment, classroom=room.id)
    wanted = request.args.get("of", "")
    judged, left = _answers(room, given, wanted)
    figures = part_figures(judged, site().bank, left)
    return render_template(
        "web/mistakes.html",
        title=f"{room.title}: mistakes",
        room=room,
        choices=[("", "everything"), (PRACTICE, "practice alone"), *((one.id, one.title) for one in given)],
        wanted=wanted,
        figures=figures[:SHOWN],
        left_out=max(0, len(figures) - SHOWN),
        topics=topic_figures(figures, site().bank),
        span_text=span_text,
    )


def _answers(room: Classroom, given: Sequence[Assignment], wanted: str) -> tuple[Sequence[Judged], Sequence[Answer]]:
    """Answers of the students in practice and in the class's own assignments, or in one of these; what was left out."""
    students = [one.account.id for one in members_of(site().store, room.id, "student")]
    sittings = found(site().store, Sitting, assignment=[one.id for one in given])
    exams = {one.exam for one in sittings if wanted in ("", one.assignment) and one.account in students}
    with site().store.reading() as connection:
        judged = judged_by(connection, students)
        over = over_in(connection, sorted(exams))
    if wanted == PRACTICE:
        return [one for one in judged if one.item.mode == "practice"], []
    answered = {(one.item.learner, one.item.family, one.attempt.part) for one in judged if one.item.exam in exams}
    left = list(left_out(over, answered, site().bank))
    practice = not wanted
    return [one for one in judged if one.item.exam in exams or (practice and one.item.mode == "practice")], left
