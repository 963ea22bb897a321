"""Where an exam stands: open, being graded, waiting for its results to be shown, or with its report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from chainrule.classes.records import Job
from chainrule.classes.rows import first
from chainrule.web.exam_clock import ends, revealed_terms, terms_of_exam
from chainrule.web.exam_ending import hand_in_where_over
from chainrule.web.exam_records import hand_in_id

if TYPE_CHECKING:
    from datetime import datetime

    from chainrule.classes.terms import Terms
    from chainrule.store.records import Exam
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
    terms = revealed_terms(site, exam)
    ended = ending.at if ending else job.at if job else None
    how: Literal["handed-in", "time"] = (
        "time" if (ending.how if ending else job.hand_in if job else "") == "time" else "handed-in"
    )
    if terms is not None and terms.reveals > site.clock():
        return Standing("hidden", over, terms, ended, how)
    if ending is None and job is not None:
        return Standing("grading", over, terms, ended, how, site.judging.ahead(job.id))
    return Standing("report", over, terms, ended, how)
