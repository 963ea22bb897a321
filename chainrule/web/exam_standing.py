"""Where an exam stands: open, being graded, waiting for its results to be shown, or with its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from chainrule.classes.records import Job
from chainrule.classes.rows import first, found_in
from chainrule.classes.sittings import endings_of
from chainrule.web.exam_clock import ends, ends_by, revealed_terms, terms_of_exam
from chainrule.web.exam_ending import hand_in_where_over
from chainrule.web.exam_records import hand_in_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from chainrule.classes.terms import Terms
    from chainrule.store.records import Ending, Exam
    from chainrule.web.site import Site

Phase: TypeAlias = Literal["open", "grading", "hidden", "report"]


@dataclass(frozen=True)
class Standing:
    """ends: None without a limit. ended: when it was handed in. how: by whom. ahead: how many are graded before it.

    terms: of its assignment, None for one's own exam.
    """

    phase: Phase
    ends: datetime | None
    terms: Terms | None = None
    ended: datetime | None = None
    how: Literal["handed-in", "time", ""] = ""
    ahead: int = 0


def standing(site: Site, exam: Exam) -> Standing:
    """Where the exam stands now; one whose time is over is handed in by this."""
    over = ends(site, exam)
    job, ending = first(site.store, Job, id=hand_in_id(exam.id)), site.store.ending(exam.id)
    if job is None and ending is None and hand_in_where_over(site, exam):
        job, ending = first(site.store, Job, id=hand_in_id(exam.id)), site.store.ending(exam.id)
    if job is None and ending is None:
        return Standing("open", over, terms_of_exam(site, exam))
    return _ended(site, over, revealed_terms(site, exam), job, ending)


def standings(site: Site, exams: Sequence[Exam], terms: Mapping[str, Terms]) -> Mapping[str, Standing]:
    """Where each of the exams stands now, by its id; a few queries, however many exams there are.

    terms: of those that belong to an assignment, as they stand now, by the exam's id.
    """
    over = ends_by(site, exams, terms)
    jobs, endings = _ends_of(site, exams)
    late = [exam for exam in exams if exam.id not in jobs and exam.id not in endings]
    if any([hand_in_where_over(site, exam) for exam in late if _is_over(site, over[exam.id])]):
        jobs, endings = _ends_of(site, exams)
    return {
        exam.id: _ended(site, over[exam.id], terms.get(exam.id), jobs.get(exam.id), endings.get(exam.id))
        if exam.id in jobs or exam.id in endings
        else Standing("open", over[exam.id], terms.get(exam.id))
        for exam in exams
    }


def _ends_of(site: Site, exams: Sequence[Exam]) -> tuple[Mapping[str, Job], Mapping[str, Ending]]:
    """How those of the exams ended that did, by their ids: as jobs that hand them in, and as graded."""
    with site.store.reading() as connection:
        jobs = found_in(connection, Job, id=[hand_in_id(exam.id) for exam in exams])
        return {job.exam: job for job in jobs}, endings_of(connection, [exam.id for exam in exams])


def _is_over(site: Site, ends: datetime | None) -> bool:
    return ends is not None and ends <= site.clock()


def _ended(site: Site, over: datetime | None, terms: Terms | None, job: Job | None, ending: Ending | None) -> Standing:
    """Where an exam stands that was handed in: job or ending tell when and how."""
    ended = ending.at if ending else job.at if job else None
    how: Literal["handed-in", "time"] = (
        "time" if (ending.how if ending else job.hand_in if job else "") == "time" else "handed-in"
    )
    if terms is not None and terms.reveals > site.clock():
        return Standing("hidden", over, terms, ended, how)
    if ending is None and job is not None:
        return Standing("grading", over, terms, ended, how, site.judging.ahead(job.id))
    return Standing("report", over, terms, ended, how)
