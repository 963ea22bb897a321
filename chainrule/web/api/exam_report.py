"""The report on an exam as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from chainrule.examining import ended
from chainrule.exams.grades import grade_of
from chainrule.markdown import prose_html
from chainrule.viewing import right_answer_html
from chainrule.web import sitting
from chainrule.web.api.exam_models import Report, ReportPart, ReportQuestion, Share
from chainrule.web.api.questions import Prompt
from chainrule.web.api.verdicts import verdict_said
from chainrule.web.people import not_yours
from chainrule.web.site import site
from chainrule.wording import plain_prose
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.examining import Ended, Running
    from chainrule.exams import grades
    from chainrule.store.records import Exam
    from questions.variant import Part


def report_said(exam: Exam) -> Report:
    """The report on an exam whose report may be seen. Raises NotFound while it runs."""
    sat = sitting.running(site(), exam)
    found = ended(site().store, sat)
    if found is None:
        raise not_yours()
    total = found.result.total
    counted = total.earned - sitting.late_marks(site(), exam, total.earned, found.ending.at)
    return Report(
        form=exam.id, title=exam.title, ended=found.ending.at, by_time=found.ending.how == "time",
        earned=total.earned, counted=counted, possible=total.possible,
        grade=grade_of(sat.form.blueprint, counted, total.possible),
        sections=tuple(map(_share, found.result.sections)), topics=tuple(map(_share, found.result.topics)),
        questions=tuple(_questions(sat, found)), lost=len(sat.lost),
    )  # fmt: skip


def _share(one: grades.Share) -> Share:
    return Share(name=one.name, questions=one.questions, earned=one.earned, possible=one.possible)


def _questions(sat: Running, found: Ended) -> Iterator[ReportQuestion]:
    names = {(place.item.number, place.part.id): place.name for place in sat.places}
    for number, parts in groupby(found.graded.parts, key=lambda part: part.number):
        graded = list(parts)
        told = tuple(
            ReportPart(
                id=one.part.id, name=names[number, one.part.id], prompt=_prompt(one.part), answer=one.answer,
                verdict=verdict_said(one.verdict, one.part.marks) if one.verdict else None,
                earned=one.earned, marks=one.part.marks, right=_right(one.part),
            )
            for one in graded
        )  # fmt: skip
        title, seconds = graded[0].variant.title, found.seconds.get(number, 0.0)
        yield ReportQuestion(number=number, title=title, seconds=seconds, parts=told)


def _prompt(part: Part) -> Prompt:
    return Prompt(html=prose_html(part.prompt), text=plain_prose(part.prompt).rstrip())


def _right(part: Part) -> Prompt:
    try:
        return Prompt(html=right_answer_html(part), text=part.answer_text)
    except AuthorError:
        return Prompt(html="", text="")
