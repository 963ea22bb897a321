"""Exams: begun, sat, handed in, reported."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from pydantic import ConfigDict, Field

from chainrule.web import sitting
from chainrule.web.api import exam_models as models
from chainrule.web.api.base import Given, Reply
from chainrule.web.api.exam_report import report_said
from chainrule.web.api.exam_views import assignments, entries, exam_said, left_of
from chainrule.web.api.operations import operation
from chainrule.web.exam_form import judge_where_new
from chainrule.web.exam_index import offers
from chainrule.web.exam_saving import place_of
from chainrule.web.exam_standing import standing
from chainrule.web.limiting import count_kept
from chainrule.web.people import person
from chainrule.web.refusals import Refused
from chainrule.web.site import site

routes = Blueprint("exams", __name__)
NOT_YOURS = "There is no such exam, or it is somebody else's."
UNREADABLE = "It cannot be read any more: what it asks was changed or removed since it was begun."


class Begin(Given):
    """blueprint: the name of one of the blueprints."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"blueprint": "course"}]})

    blueprint: Annotated[str, Field(min_length=1, max_length=200)]


class Save(Given):
    """answer: as typed; '' takes it back. seconds: since the part was shown or saved last.

    draft: of the answer that was changed, where two programs may write at once; '' where that is not known.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer": "X.T @ (p - y)", "seconds": 12.5}]})

    answer: str
    seconds: Annotated[float, Field(ge=0, le=86400)] = 0.0
    draft: str = ""


@operation(routes, "GET", "/exams")
def index() -> models.Exams:
    """The exams that one began, and the assignments of one's classes."""
    return models.Exams(exams=entries(), assignments=tuple(assignments()))


@operation(routes, "GET", "/blueprints")
def blueprints() -> models.Blueprints:
    """What an exam of one's own can be."""
    return models.Blueprints(
        blueprints=tuple(
            models.Blueprint(
                name=one.name, title=one.outline.title, minutes=one.outline.minutes, sections=one.outline.sections
            )
            for one in offers(site())
        )
    )


@operation(
    routes, "POST", "/exams", statuses=(201,),
    refuses={404: "There is no such blueprint.", 409: "Another exam is open, or the bank cannot fill the blueprint."},
)  # fmt: skip
def begin(body: Begin) -> models.Exam:
    """Begins an exam of one's own, and its clock; one of the same blueprint that is open is gone on with."""
    return exam_said(sitting.begin(site(), person(), body.blueprint))


@operation(
    routes, "POST", "/assignments/<assignment>/begin", statuses=(201,),
    refuses={
        404: "There is no such assignment for you.",
        409: "It cannot be begun now, or was begun and cannot be read any more.",
    },
)  # fmt: skip
def begin_assignment(assignment: str) -> models.Exam:
    """Begins the exam of an assignment, and its clock; once begun, the same however often."""
    return exam_said(sitting.begin_assignment(site(), person(), assignment))


@operation(routes, "GET", "/exams/<form>", refuses={404: NOT_YOURS, 409: UNREADABLE})
def show(form: str) -> models.Exam:
    """An exam as it stands; while it is open with its questions and the answers that were saved."""
    return exam_said(sitting.own_exam(site(), person(), form))


@operation(
    routes, "PUT", "/exams/<form>/<int:number>/<part>",
    refuses={404: NOT_YOURS, 409: "The exam is over, or cannot be read any more.", 413: "The answer is too long."},
)  # fmt: skip
def save(form: str, number: int, part: str, body: Save) -> models.Kept:
    """Keeps an answer in the place of the one before. Sent twice it is the same."""
    exam = sitting.own_exam(site(), person(), form)
    running = sitting.running(site(), exam)
    place = place_of(running, number, part)
    count_kept(site(), person().id, body.answer)
    kept = sitting.save(site(), person(), exam, number, part, body.answer, body.seconds, body.draft)
    judge_where_new(site(), person(), running, place, kept.answer)
    return models.Kept(
        at=kept.at, answer=kept.answer, draft=kept.draft, reading=kept.reading, elsewhere=kept.elsewhere,
        left=left_of(exam),
    )  # fmt: skip


@operation(
    routes, "POST", "/exams/<form>/hand-in", statuses=(202, 200),
    refuses={404: NOT_YOURS, 409: f"{UNREADABLE} It is handed in all the same."},
)  # fmt: skip
def hand_in(form: str) -> Reply[models.Exam]:
    """Hands the exam in; handed in once, it stays so. 200 where it is graded."""
    exam = sitting.own_exam(site(), person(), form)
    sitting.hand_in(site(), person(), exam)
    said = exam_said(exam)
    return Reply(said, 202 if said.phase == "grading" else 200)


@operation(
    routes, "GET", "/exams/<form>/report",
    refuses={404: NOT_YOURS, 409: "It is not over, not graded, or not shown yet; or it cannot be read any more."},
)  # fmt: skip
def report(form: str) -> models.Report:
    """Marks, verdicts and keys, from when they may be seen."""
    exam = sitting.own_exam(site(), person(), form)
    at = standing(site(), exam)
    match at.phase:
        case "open":
            raise Refused("The exam is open; hand it in first.")
        case "grading":
            raise Refused(f"The exam is being graded, after {at.ahead} others; ask again in a moment.", after=2)
        case "hidden":
            shown = at.terms.reveals if at.terms else None
            raise Refused(f"The results are shown from {shown:%d %B %Y, %H:%M} UTC on.")
    return report_said(exam)
