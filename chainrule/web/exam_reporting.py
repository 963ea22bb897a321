"""The report on an exam that was sat on a server, with what lateness costs and what can be practised again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from chainrule.classes.terms import late_days
from chainrule.examining import ended
from chainrule.exams.exam_report import sat_view
from chainrule.exams.grades import grade_of
from chainrule.judging import graded_views
from chainrule.pages import percent, summary_bar
from chainrule.web.exam_clock import extra_of, terms_of_exam
from chainrule.web.exam_times import exam_zone, told
from chainrule.web.people import not_yours
from chainrule.web.sitting import late_marks, running
from grader.verdict import Outcome

if TYPE_CHECKING:
    from chainrule.store.appealed import Appealed
    from chainrule.store.records import Exam
    from chainrule.web.people import Person
    from chainrule.web.site import Site


@dataclass(frozen=True)
class Late:
    """What lateness cost. days: begun after the due time."""

    days: int
    percent: float
    earned: float
    counted: float


@dataclass(frozen=True)
class Doubt:
    """An answer that is not right, with what became of an appeal about it. name: of its part, such as `3b`."""

    id: str
    name: str
    outcome: str
    appeal: Appealed | None

    @property
    def may_appeal(self) -> bool:
        """Once is enough."""
        return self.appeal is None


def doubts(site: Site, exam: Exam) -> tuple[Doubt, ...]:
    """The judged answers that may be appealed, or were, in the order of their parts."""
    names = {place.key: place.name for place in running(site, exam).places}
    appeals = {one.appeal.attempt: one for one in site.store.appeals(open_only=False, learner=exam.learner)}
    judged = site.store.judged(exam.learner, exam=exam.id)
    found = {
        (one.item.id, one.attempt.part): Doubt(one.attempt.id, "", one.outcome, appeals.get(one.attempt.id))
        for one in judged
        if one.outcome != Outcome.RIGHT or one.attempt.id in appeals
    }
    return tuple(replace(found[key], name=name) for key, name in names.items() if key in found)


def report_of(site: Site, person: Person, exam: Exam) -> dict[str, Any]:
    """What the template `web/exam_report.html` shows. Raises NotFound while it runs."""
    sat = running(site, exam)
    found = ended(site.store, sat)
    if found is None:
        raise not_yours()
    views = graded_views(found.graded.parts)
    earned, total = found.result.total.earned, found.result.total.possible
    off, terms = late_marks(site, exam, earned, found.ending.at), terms_of_exam(site, exam)
    days = late_days(terms, found.ending.at) if terms else 0
    sat_seen = sat_view(sat.form, found.result, seconds=found.seconds, extra=extra_of(site, exam))
    grade = grade_of(sat.form.blueprint, earned - off, total)
    return {
        "title": exam.title,
        "exam": exam,
        "items": views,
        "lost": tuple("A question was changed since; it is left out, and its marks with it." for _ in sat.lost),
        "sat": sat_seen,
        "grade": grade,
        "earned": earned,
        "total": total,
        "percent": percent(earned, total),
        "bar": summary_bar(views),
        "late": Late(days, terms.late_percent, earned, earned - off) if terms and off else None,
        "ended": told(found.ending.at, exam_zone(site, person, exam)),
        "by_time": found.ending.how == "time",
        "doubts": doubts(site, exam),
        "again": {item.number: item.id for item in sat.items if item.family not in site.private},
    }
