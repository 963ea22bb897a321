"""Exams: begun, sat, handed in, reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from chainrule.web import sitting
from chainrule.web.exam_autosave import autosave
from chainrule.web.exam_flags import turn_flag
from chainrule.web.exam_form import save_form
from chainrule.web.exam_index import assigned_lines, offers, own_lines
from chainrule.web.exam_lines import overview
from chainrule.web.exam_outline import outline_of
from chainrule.web.exam_question import NEW, Outcome, question_page
from chainrule.web.exam_reporting import report_of
from chainrule.web.exam_standing import Standing, standing
from chainrule.web.exam_time import CLOSED
from chainrule.web.exam_times import exam_zone, told, told_hour
from chainrule.web.people import access, person
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from chainrule.examining import Running
    from chainrule.web.exam_lines import Overview


pages = Blueprint("exams", __name__)


@pages.get("/exams")
@access("learner")
def index() -> str:
    """What is open, what the classes ask, what one sat, and what can be begun."""
    who = person()
    return render_template(
        "web/exams.html",
        title="Exams",
        assigned=assigned_lines(site(), who),
        own=own_lines(site(), who),
        offers=() if sitting.open_assignment(site(), who) else tuple(offers(site())),
    )


@pages.post("/exams")
@access("learner")
def begin() -> ResponseReturnValue:
    """Begins an exam of one's own."""
    exam = sitting.begin(site(), person(), request.form.get("blueprint", ""))
    return redirect(url_for("exams.show", form=exam.id), 303)


@pages.post("/assignments/<id>/begin")
@access("learner")
def begin_assignment(id: str) -> ResponseReturnValue:
    """Begins the exam of an assignment, or goes on with it."""
    exam = sitting.begin_assignment(site(), person(), id)
    return redirect(url_for("exams.show", form=exam.id), 303)


@pages.get("/exams/<form>")
@access("learner")
def show(form: str) -> ResponseReturnValue:
    """All questions while it is open; after that what becomes of it."""
    exam = sitting.own_exam(site(), person(), form)
    at = standing(site(), exam)
    if at.phase == "report":
        return redirect(url_for("exams.report", form=form), 303)
    if at.phase == "open":
        closed = CLOSED if "closed" in request.args else ""
        return render_template("web/exam.html", **_sat(sitting.running(site(), exam), at), closed=closed)
    if at.phase == "grading":
        sitting.running(site(), exam)  # one that cannot be read is not graded either, and says so
    zone = exam_zone(site(), person(), exam)
    return render_template(
        "web/exam_ended.html",
        title=exam.title,
        at=at,
        exam=exam,
        ended=told(at.ended, zone) if at.ended else "",
        reveals=told(at.terms.reveals, zone) if at.terms else "",
    )


@pages.get("/exams/<form>/state")
@access("learner")
def state(form: str) -> ResponseReturnValue:
    """Where it stands, for the page that waits: {state, ahead}, as answers have it."""
    at = standing(site(), sitting.own_exam(site(), person(), form))
    return jsonify({"state": "waiting" if at.phase == "grading" else "done", "ahead": at.ahead})


@pages.get("/exams/<form>/<int:number>")
@access("learner")
def question(form: str, number: int) -> ResponseReturnValue:
    """One question with its fields."""
    exam = sitting.own_exam(site(), person(), form)
    at = standing(site(), exam)
    if at.phase != "open":
        return redirect(url_for("exams.show", form=form), 303)
    return _question(sitting.running(site(), exam), at, number)


def _question(running: Running, at: Standing, number: int, outcome: Outcome = NEW) -> tuple[str, int]:
    page = question_page(site(), person(), running, number, outcome)
    values = _sat(running, at, page.all) | {"title": page.line.title}
    shown = render_template("web/exam_question.html", **values, page=page, outcome=outcome)
    return shown, 409 if outcome.late else 422 if outcome.refused else 200


def _sat(running: Running, at: Standing, all: Overview | None = None) -> dict[str, object]:
    """What every page of an exam that runs shows. all: where it is known."""
    exam = running.exam
    zone = exam_zone(site(), person(), exam)
    return {
        "title": exam.title,
        "exam": exam,
        "all": all or overview(site(), running, site().store.drafts(exam.id)),
        "outline": outline_of(running.form.blueprint),
        "marks_in_all": running.form.marks,
        "lost": len(running.lost),
        "sections": running.form.blueprint.sections,
        "left": sitting.left(site(), exam),
        "ends": at.ends,
        "ends_at": told_hour(at.ends, zone) if at.ends else "",
        "now": site().clock(),
    }


@pages.post("/exams/<form>/<int:number>/<part>")
@access("learner")
def save(form: str, number: int, part: str) -> ResponseReturnValue:
    """Keeps the answers of a form, and goes where its button says; or one answer sent as JSON, while it is typed."""
    exam = sitting.own_exam(site(), person(), form)
    if request.is_json:
        return autosave(exam, number, part)
    running = sitting.running(site(), exam)
    outcome = save_form(site(), person(), running, number, request.form, request.files)
    if not outcome.plain:
        return _question(running, standing(site(), exam), number, outcome)
    return redirect(_where_to(form, number), 303)


def _where_to(form: str, number: int) -> str:
    go = request.form.get("go", "")
    if go == "overview":
        return url_for("exams.show", form=form)
    if go == "hand-in":
        return url_for("exams.hand_in", form=form)
    return url_for("exams.question", form=form, number=int(go) if go.isdecimal() and len(go) < 4 else number)


@pages.post("/exams/<form>/<int:number>/flag")
@access("learner")
def flag(form: str, number: int) -> ResponseReturnValue:
    """Saves the question, and flags it or takes its flag away."""
    exam = sitting.own_exam(site(), person(), form)
    running = sitting.running(site(), exam)
    outcome = save_form(site(), person(), running, number, request.form, request.files)
    turn_flag(site().store, exam, number)
    if not outcome.plain:
        return _question(running, standing(site(), exam), number, outcome)
    return redirect(url_for("exams.question", form=form, number=number), 303)


@pages.route("/exams/<form>/hand-in", methods=["GET", "POST"])
@access("learner")
def hand_in(form: str) -> ResponseReturnValue:
    """Says what is still open and asks; handed in once, it stays so."""
    exam = sitting.own_exam(site(), person(), form)
    at = standing(site(), exam)
    if request.method == "POST":
        sitting.hand_in(site(), person(), exam)
        return redirect(url_for("exams.show", form=form), 303)
    if at.phase != "open":
        return redirect(url_for("exams.show", form=form), 303)
    return render_template("web/exam_hand_in.html", **_sat(sitting.running(site(), exam), at))


@pages.get("/exams/<form>/report")
@access("learner")
def report(form: str) -> ResponseReturnValue:
    """Marks, verdicts and keys, from when they may be seen."""
    exam = sitting.own_exam(site(), person(), form)
    if standing(site(), exam).phase != "report":
        return redirect(url_for("exams.show", form=form), 303)
    return render_template("web/exam_report.html", **report_of(site(), person(), exam))
