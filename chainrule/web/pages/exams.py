"""Exams: begun, sat, handed in, reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, redirect, render_template, request, url_for

from chainrule.web import sitting
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
from chainrule.web.refusals import Refused
from chainrule.web.site import site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from chainrule.store.records import Exam

pages = Blueprint("exams", __name__)
LONGEST_DAY = 86400.0  # seconds that one save may add


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
        return render_template("web/exam.html", **_sat(exam, at), closed=closed)
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
    if standing(site(), exam).phase != "open":
        return redirect(url_for("exams.show", form=form), 303)
    return _question(exam, number)


def _question(exam: Exam, number: int, outcome: Outcome = NEW, status: int = 200) -> tuple[str, int]:
    page = question_page(site(), person(), sitting.running(site(), exam), number, outcome)
    values = _sat(exam, standing(site(), exam)) | {"title": page.line.title}
    shown = render_template("web/exam_question.html", **values, page=page, outcome=outcome)
    return shown, status


def _sat(exam: Exam, at: Standing) -> dict[str, object]:
    """What every page of an exam that runs shows."""
    running = sitting.running(site(), exam)
    zone = exam_zone(site(), person(), exam)
    return {
        "title": exam.title,
        "exam": exam,
        "all": overview(site(), running, site().store.drafts(exam.id)),
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
        return _autosave(exam, number, part)
    running = sitting.running(site(), exam)
    outcome = save_form(site(), person(), running, number, request.form, request.files)
    if not outcome.plain:
        return _question(exam, number, outcome, 409 if outcome.late else 422 if outcome.refused else 200)
    return redirect(_where_to(form, number), 303)


def _where_to(form: str, number: int) -> str:
    go = request.form.get("go", "")
    if go == "overview":
        return url_for("exams.show", form=form)
    if go == "hand-in":
        return url_for("exams.hand_in", form=form)
    return url_for("exams.question", form=form, number=int(go) if go.isdecimal() and len(go) < 4 else number)


def _autosave(exam: Exam, number: int, part: str) -> ResponseReturnValue:
    """{answer, seconds, seen} -> {at, saved, reading, draft, elsewhere}, or {error} with what is wrong."""
    sent = request.get_json(silent=True)
    answer, seconds, seen = _sent(sent if isinstance(sent, dict) else {})
    try:
        kept = sitting.save(site(), person(), exam, number, part, answer, seconds, seen)
    except Refused as error:
        return jsonify({"error": str(error.description), "late": isinstance(error, sitting.TooLate)}), error.code or 409
    saved = f"Saved at {told_hour(kept.at, exam_zone(site(), person(), exam))}."
    return jsonify(
        {
            "at": kept.at.isoformat(),
            "saved": saved,
            "reading": kept.reading,
            "draft": kept.draft,
            "answer": kept.answer,
            "elsewhere": kept.elsewhere,
        }
    )


def _sent(sent: dict[str, object]) -> tuple[str, float, str]:
    """The fields of a save. Raises Refused."""
    answer, seconds, seen = sent.get("answer"), sent.get("seconds", 0), sent.get("seen", "")
    numeric = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds <= LONGEST_DAY
    if not isinstance(answer, str) or not numeric or not isinstance(seen, str):
        raise Refused('Send JSON such as {"answer": "x + 1", "seconds": 12, "seen": ""}.', 422)
    return answer.encode(errors="replace").decode(), float(seconds), seen  # type: ignore[arg-type]


@pages.post("/exams/<form>/<int:number>/flag")
@access("learner")
def flag(form: str, number: int) -> ResponseReturnValue:
    """Saves the question, and flags it or takes its flag away."""
    exam = sitting.own_exam(site(), person(), form)
    running = sitting.running(site(), exam)
    outcome = save_form(site(), person(), running, number, request.form, request.files)
    turn_flag(site().store, exam, number)
    if not outcome.plain:
        return _question(exam, number, outcome, 409 if outcome.late else 422 if outcome.refused else 200)
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
    return render_template("web/exam_hand_in.html", **_sat(exam, at))


@pages.get("/exams/<form>/report")
@access("learner")
def report(form: str) -> ResponseReturnValue:
    """Marks, verdicts and keys, from when they may be seen."""
    exam = sitting.own_exam(site(), person(), form)
    if standing(site(), exam).phase != "report":
        return redirect(url_for("exams.show", form=form), 303)
    return render_template("web/exam_report.html", **report_of(site(), person(), exam))
