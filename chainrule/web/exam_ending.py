"""Handing in: by whoever sits the exam, and by the server where the time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from chainrule.classes.audit import note
from chainrule.classes.records import Job
from chainrule.classes.rows import first
from chainrule.store.errors import StoreError
from chainrule.web.exam_clock import ends, ends_of
from chainrule.web.exam_records import hand_in_id, open_exams
from chainrule.web.signing_in import address

if TYPE_CHECKING:
    from datetime import datetime

    from chainrule.store.records import Exam
    from chainrule.web.people import Person
    from chainrule.web.site import Site


def hand_in(site: Site, person: Person, exam: Exam) -> Job:
    """The job that grades the exam, the same however often it is handed in; after its time, as of when it was over."""
    over = ends(site, exam)
    now = site.clock()
    if over is not None and over <= now:
        return _handed_in(site, exam, "time", over)
    return _handed_in(site, exam, "handed-in", now)


def hand_in_where_over(site: Site, exam: Exam) -> bool:
    """Whether the time of an open exam is over; then it is handed in."""
    over = ends(site, exam)
    if over is None or over > site.clock():
        return False
    _handed_in(site, exam, "time", over)
    return True


def hand_in_overdue(site: Site) -> int:
    """How many exams were handed in since their time is over, each as of that moment. For the server, again and again.

    No answer gets lost by it: none is taken after that moment.
    """
    exams = open_exams(site.store)
    count, now = 0, site.clock()
    for id, over in ends_of(site, exams).items():
        if over is not None and over <= now:
            _handed_in(site, next(exam for exam in exams if exam.id == id), "time", over)
            count += 1
    return count


def _handed_in(site: Site, exam: Exam, how: Literal["handed-in", "time"], at: datetime) -> Job:
    id = hand_in_id(exam.id)
    if (before := first(site.store, Job, id=id)) is not None:
        return before
    job = Job("code", exam.learner, exam=exam.id, hand_in=how, at=at, id=id)
    if site.store.ending(exam.id) is not None:  # it was handed in elsewhere, such as in a terminal
        return Job("code", exam.learner, exam=exam.id, hand_in=how, state="done", at=at, id=id)
    try:
        site.judging.submit(job)
    except StoreError:
        before = first(site.store, Job, id=id)
        if before is None:
            raise
        return before  # another request handed it in at the same moment
    if site.classes:
        about = exam.title if how == "handed-in" else f"{exam.title}: the time was over"
        note(site.store, exam.learner, "exam-handed-in", about, address(), at=at)
    return job
