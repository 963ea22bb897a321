"""Exams put into the models of the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from math import isinf
from typing import TYPE_CHECKING

from chainrule.classes.holding import all_revealed
from chainrule.classes.records import Assignment as Assigned
from chainrule.classes.records import Classroom, Job, Membership, Sitting
from chainrule.classes.rows import found
from chainrule.classes.terms import state
from chainrule.markdown import prose_html
from chainrule.web import sitting
from chainrule.web.api.exam_models import Assignment, Exam, ExamEntry, ExamPart, ExamQuestion, Told
from chainrule.web.api.questions import Prompt, question_part
from chainrule.web.exam_clock import terms_of_exams
from chainrule.web.exam_index import allowed, terms_now
from chainrule.web.exam_outline import outline_of_text
from chainrule.web.exam_seen import seen_exams
from chainrule.web.exam_standing import standing
from chainrule.web.judged import verdict_of_job
from chainrule.web.people import person
from chainrule.web.site import site
from chainrule.wording import feedback_text

if TYPE_CHECKING:
    from chainrule.exam_places import Place
    from chainrule.examining import Running
    from chainrule.store import records
    from chainrule.web.exam_standing import Standing

Drafts = Mapping[tuple[str, str], "records.Draft"]


def entries() -> tuple[ExamEntry, ...]:
    """The exams of whoever asks, the latest first."""
    assigned = {one.exam: one.assignment for one in found(site().store, Sitting, account=person().id)}
    exams = tuple(reversed(site().store.exams(person().id)))
    terms = {assigned[id]: one for id, one in terms_of_exams(site(), exams).items()}
    now = all_revealed(site().store, person().id, terms)
    seen = seen_exams(site(), exams, {id: now[one] for id, one in assigned.items() if one in now})
    return tuple(_entry(one.exam, one.at, assigned.get(id, ""), broken=one.broken) for id, one in seen.items())


def _entry(exam: records.Exam, at: Standing, assignment: str, *, broken: bool = False) -> ExamEntry:
    return ExamEntry(
        form=exam.id, title=exam.title, phase=at.phase, begun=exam.at, ends=at.ends, assignment=assignment,
        url=f"/exams/{exam.id}", broken=broken,
    )  # fmt: skip


def assignments() -> Iterator[Assignment]:
    """The assignments of the classes whose student the person is, the latest due first."""
    store, who, now = site().store, person().id, site().clock()
    members = found(store, Membership, account=who, role="student") if site().classes else ()
    rooms = {room.id: room for room in found(store, Classroom, id=[one.classroom for one in members])}
    listed = found(store, Assigned, classroom=list(rooms))
    begun = {one.assignment: one.exam for one in found(store, Sitting, account=who)}
    every = terms_now(site(), person(), listed, members)
    for one in sorted(listed, key=lambda one: one.due, reverse=True):
        terms, outline = every[one.id], outline_of_text(one.blueprint)
        yield Assignment(
            id=one.id, title=one.title, classroom=rooms[one.classroom].title,
            minutes=allowed(outline, terms), opens=terms.opens, due=terms.due,
            closes=terms.closes, reveals=terms.reveals, late_percent=terms.late_percent, state=state(terms, now),
            form=begun.get(one.id, ""), broken=bool(outline.fault),
        )  # fmt: skip


def exam_said(exam: records.Exam) -> Exam:
    """The exam as it stands, with its questions while it is open."""
    at = standing(site(), exam)
    running = sitting.running(site(), exam)
    assigned = found(site().store, Sitting, exam=exam.id)
    entry = _entry(exam, at, assigned[0].assignment if assigned else "")
    words = running.form.blueprint.instructions
    return Exam(
        **dict(entry), left=left_of(exam), feedback=exam.feedback, marks=running.form.marks,
        instructions=Prompt(html=prose_html((words,)), text=words) if words else None,
        questions=tuple(_questions(running)) if at.phase == "open" else (),
        ended=at.ended, by_time=at.how == "time", ahead=at.ahead, reveals=at.terms.reveals if at.terms else None,
    )  # fmt: skip


def left_of(exam: records.Exam) -> float | None:
    """Seconds that are left; None without a limit."""
    left = sitting.left(site(), exam)
    return None if isinf(left) else left


def _questions(running: Running) -> Iterator[ExamQuestion]:
    drafts = site().store.drafts(running.exam.id)
    said = _said(running)
    items = {one.number: one for one in running.form.items}
    sections = running.form.blueprint.sections
    for number, places in groupby(running.places, key=lambda place: place.item.number):
        one = items[number]
        parts = tuple(_part(place, drafts, said) for place in places)
        yield ExamQuestion(
            number=number, title=one.variant.title, section=sections[one.section].title, marks=one.marks, parts=parts
        )


def _part(place: Place, drafts: Drafts, said: Mapping[tuple[str, str, str], Told]) -> ExamPart:
    draft = drafts.get(place.key)
    asked = question_part(place.part, place.name.removeprefix(str(place.item.number)))
    return ExamPart(
        **dict(asked), name=place.name, answer=draft.answer if draft else "", saved=draft.at if draft else None,
        draft=draft.id if draft else "", told=said.get((*place.key, draft.answer)) if draft else None,
    )  # fmt: skip


def _said(running: Running) -> Mapping[tuple[str, str, str], Told]:
    """What may be said of answers that were judged while the exam runs, by item, part and answer."""
    if running.exam.feedback == "none":
        return {}
    whole = running.exam.feedback == "full"
    told = {}
    for job in found(site().store, Job, exam=running.exam.id, hand_in=""):
        verdict = verdict_of_job(job)
        says = feedback_text(verdict) if verdict and whole else ""
        told[job.item, job.part, job.answer] = Told(outcome=verdict.outcome.value if verdict else "", says=says)
    return told
