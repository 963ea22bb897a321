"""The report on an exam that is over: marks, grade, sections and topics, the time of each question, every answer."""

from __future__ import annotations

from collections.abc import Mapping

from chainrule.exams.clock import span_text
from chainrule.exams.exam_views import SatView, ShareRow, TimeView
from chainrule.exams.form import Form
from chainrule.exams.grades import Result, Share
from chainrule.grading import GradedQuiz
from chainrule.judging import graded_views
from chainrule.pages import number_text, report_page
from questions.topics import shipped_topics


def exam_report(
    form: Form, graded: GradedQuiz, outcome: Result, *, seconds: Mapping[int, float], extra: float = 1.0
) -> str:
    """The report as one HTML page. seconds: spent on each question, by its number. extra: factor of the minutes."""
    sat = sat_view(form, outcome, seconds=seconds, extra=extra)
    return report_page(f"{form.title}: report", graded_views(graded.parts), lost=graded.lost, sat=sat)


def sat_view(form: Form, outcome: Result, *, seconds: Mapping[int, float], extra: float = 1.0) -> SatView:
    """What the report says beside the verdicts."""
    titles = {topic.id: topic.title for topic in shipped_topics()}
    allowed = form.blueprint.minutes * extra
    order = {topic: i for i, topic in enumerate(titles)}
    topics = sorted(outcome.topics, key=lambda share: order.get(share.name, len(order)))
    sections = outcome.sections if len(outcome.sections) > 1 else ()
    return SatView(
        form=form.id,
        grade=outcome.grade,
        taken=span_text(sum(seconds.values())) if any(seconds.values()) else "",
        allowed=f"{number_text(allowed)} min" if allowed else "",
        sections=tuple(_row(share, share.name) for share in sections),
        topics=tuple(_row(share, titles.get(share.name, _spelt(share.name))) for share in topics),
        times={item.number: _time(seconds.get(item.number, 0.0), item.minutes) for item in form.items},
    )


def _row(share: Share, name: str) -> ShareRow:
    return ShareRow(name, share.questions, share.earned, share.possible, share.percent)


def _spelt(topic: str) -> str:
    """A topic without a title in words."""
    return topic.replace("-", " ").capitalize()


def _time(seconds: float, estimate: float) -> TimeView:
    return TimeView(span_text(seconds) if seconds else "", f"{number_text(estimate)} min")
