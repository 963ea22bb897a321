"""When exams end: by their minutes and the learner's extra time, and never after their assignment closes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from chainrule.classes.holding import revealed
from chainrule.classes.records import Accommodation, Assignment, Membership, Sitting
from chainrule.classes.rows import first, found_in
from chainrule.classes.terms import Terms, terms_of
from chainrule.exams.clock import MOST_EXTRA, Clock
from chainrule.web.once import once

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.records import Exam
    from chainrule.web.site import Site


def ends(site: Site, exam: Exam) -> datetime | None:
    """When the time of the exam is over, by what is accommodated now; None without a limit."""
    return once("ends", exam.id, lambda: _ends_now(site, exam))


def _ends_now(site: Site, exam: Exam) -> datetime | None:
    terms = terms_of_exam(site, exam)
    return _ends(exam, terms, 1.0 if terms else extra_of(site, exam))


def left(site: Site, exam: Exam) -> float:
    """Seconds that are left; `inf` without a limit."""
    return left_until(site, ends(site, exam))


def left_until(site: Site, over: datetime | None) -> float:
    """Seconds until then; `inf` for None."""
    return inf if over is None else max(0.0, (over - site.clock()).total_seconds())


def ends_of(site: Site, exams: Sequence[Exam]) -> Mapping[str, datetime | None]:
    """When each of the exams is over, by its id; a few queries, however many exams there are."""
    return ends_by(site, exams, terms_of_exams(site, exams))


def ends_by(site: Site, exams: Sequence[Exam], terms: Mapping[str, Terms]) -> Mapping[str, datetime | None]:
    """The same, with the terms of those that belong to an assignment, by the exam's id."""
    learners = {exam.learner for exam in exams if exam.id not in terms} if site.classes else set()
    with site.store.reading() as connection:
        own = _own_extra(connection, learners) if learners else {}
    return {exam.id: _ends(exam, terms.get(exam.id), own.get(exam.learner, 1.0)) for exam in exams}


def _ends(exam: Exam, terms: Terms | None, own: float) -> datetime | None:
    """own: the factor for an exam that belongs to no assignment."""
    if terms is None:
        return _clock(exam, own).ends
    over = _clock(exam, terms.extra, terms.more).ends
    return min(over, terms.closes) if over else terms.closes


def extra_of(site: Site, exam: Exam) -> float:
    """The factor of the exam's minutes, with those that came on top."""
    with site.store.reading() as connection:
        terms = _terms_of(connection, [exam]).get(exam.id)
        if terms:
            return terms.extra + (terms.more / exam.minutes if exam.minutes else 0.0)
        return _own_extra(connection, {exam.learner}).get(exam.learner, 1.0)


def terms_of_exam(site: Site, exam: Exam) -> Terms | None:
    """The terms under which an exam of an assignment is sat; None for one of the learner's own."""
    return once("terms", exam.id, lambda: terms_of_exams(site, [exam]).get(exam.id))


def learn_terms(site: Site, exams: Sequence[Exam]) -> None:
    """Has `terms_of_exam` and `ends` know the terms of these exams for the rest of the request, by a few queries."""
    terms = terms_of_exams(site, exams) if exams else {}
    for exam in exams:
        once("terms", exam.id, partial(terms.get, exam.id))


def terms_of_exams(site: Site, exams: Sequence[Exam]) -> Mapping[str, Terms]:
    """The terms of those exams that belong to an assignment, by the exam's id."""
    with site.store.reading() as connection:
        return _terms_of(connection, exams)


def revealed_terms(site: Site, exam: Exam) -> Terms | None:
    """The terms of an exam that is over, whose `reveals` says when its marks and keys are shown as things stand now."""
    return once("revealed", exam.id, lambda: _revealed_terms(site, exam))


def _revealed_terms(site: Site, exam: Exam) -> Terms | None:
    terms = terms_of_exam(site, exam)
    if terms is None or terms.reveals <= max(terms.planned, site.clock()):
        return terms
    sitting = first(site.store, Sitting, exam=exam.id)
    return revealed(site.store, sitting.assignment, sitting.account, terms) if sitting else terms


def _clock(exam: Exam, extra: float, more: float = 0.0) -> Clock:
    return Clock(exam.at, exam.minutes, min(max(extra, 1.0), MOST_EXTRA), more)


def _terms_of(connection: Connection, exams: Sequence[Exam]) -> dict[str, Terms]:
    """The terms by the ids of those exams that belong to an assignment."""
    sittings = found_in(connection, Sitting, exam=[exam.id for exam in exams])
    if not sittings:
        return {}
    ids = list({sitting.assignment for sitting in sittings})
    assignments = {one.id: one for one in found_in(connection, Assignment, id=ids)}
    accommodations: dict[str, list[Accommodation]] = defaultdict(list)
    for one in found_in(connection, Accommodation, assignment=ids):
        accommodations[one.assignment].append(one)
    members: dict[str, list[Membership]] = defaultdict(list)
    for member in found_in(connection, Membership, account=list({sitting.account for sitting in sittings})):
        members[member.account].append(member)
    return {
        one.exam: terms_of(
            assignments[one.assignment], one.account, accommodations[one.assignment], members[one.account]
        )
        for one in sittings
    }


def _own_extra(connection: Connection, learners: set[str]) -> dict[str, float]:
    """The factor for exams of one's own: the largest of the learner's classes."""
    found: dict[str, float] = {}
    for member in found_in(connection, Membership, account=list(learners)):
        found[member.account] = max(member.extra, found.get(member.account, 1.0))
    return found
