"""Exams whose marks nobody may see yet: whatever a page tells of answers leaves theirs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from chainrule.store.tables import ENDINGS, EXAMS
from chainrule.web.exam_clock import terms_of_exams
from chainrule.web.sitting import may_see_report

if TYPE_CHECKING:
    from chainrule.classes.terms import Terms
    from chainrule.store.records import Exam
    from chainrule.web.people import Person
    from chainrule.web.site import Site


def unrevealed(site: Site, person: Person) -> frozenset[str]:
    """The person's exams that run, or belong to an assignment that does not show its marks yet: their forms.

    The same as asking `sitting.may_see_report` about each, in a few queries.
    """
    exams = site.store.exams(person.id)
    if not exams:
        return frozenset()
    mine = select(ENDINGS.c["exam"]).join(EXAMS, ENDINGS.c["exam"] == EXAMS.c["id"])
    with site.store.reading() as connection:
        over = set(connection.execute(mine.where(EXAMS.c["learner"] == person.id)).scalars())
    ended = [exam for exam in exams if exam.id in over]
    terms = terms_of_exams(site, ended) if site.classes and ended else {}
    later = {exam.id for exam in ended if exam.id in terms and _waits(site, exam, terms[exam.id])}
    return frozenset(later | {exam.id for exam in exams if exam.id not in over})


def _waits(site: Site, exam: Exam, terms: Terms) -> bool:
    now = site.clock()
    if terms.planned <= now < terms.reveals:  # they waited for somebody, who may be done
        return not may_see_report(site, exam)
    return terms.reveals > now
