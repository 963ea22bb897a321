"""Sitting exams, for pages and API alike: whose they are, and what may be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.classes.terms import late_factor
from chainrule.store.errors import NotInStore
from chainrule.web.exam_beginning import begin, begin_assignment
from chainrule.web.exam_clock import ends, left, revealed_terms, terms_of_exam
from chainrule.web.exam_ending import hand_in, hand_in_overdue, hand_in_where_over
from chainrule.web.exam_records import open_assigned
from chainrule.web.exam_saving import Saved, TooLate, save
from chainrule.web.people import not_yours

if TYPE_CHECKING:
    from datetime import datetime

    from chainrule.examining import Running
    from chainrule.store.records import Exam
    from chainrule.web.people import Person
    from chainrule.web.site import Site

__all__ = [
    "Saved",
    "TooLate",
    "begin",
    "begin_assignment",
    "ends",
    "hand_in",
    "hand_in_overdue",
    "late_marks",
    "left",
    "may_see_report",
    "open_assignment",
    "own_exam",
    "running",
    "save",
]


def own_exam(site: Site, person: Person, form: str) -> Exam:
    """The exam of that form, which the person began. Raises NotFound, for somebody else's as for none."""
    try:
        exam = site.store.exam(form)
    except NotInStore:
        raise not_yours() from None
    if exam.learner != person.id:
        raise not_yours()
    return exam


def running(site: Site, exam: Exam) -> Running:
    """The exam with its form and items."""
    return site.exams.of(site.store, site.variants, exam)


def open_assignment(site: Site, person: Person) -> Exam | None:
    """The exam of an assignment that the person sits at present; one whose time is over is handed in by this."""
    if not site.classes:
        return None
    for exam in open_assigned(site.store, person.id):
        if not hand_in_where_over(site, exam):
            return exam
    return None


def may_see_report(site: Site, exam: Exam) -> bool:
    """Whether marks and keys may be shown: one's own exam after its end, an assignment's from when it reveals them."""
    if site.store.ending(exam.id) is None:
        return False
    terms = revealed_terms(site, exam)
    return terms is None or terms.reveals <= site.clock()


def late_marks(site: Site, exam: Exam, earned: float, ended_at: datetime) -> float:
    """What is taken off the marks that were earned, since the exam ended late; 0 in time."""
    terms = terms_of_exam(site, exam)
    return earned * (1.0 - late_factor(terms, ended_at)) if terms else 0.0
