"""What one knows, by topic, and what an exam would bring."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import Blueprint

from chainrule.today import seen_and_due
from chainrule.web.api.base import Said
from chainrule.web.api.operations import operation
from chainrule.web.people import person
from chainrule.web.site import site

if TYPE_CHECKING:
    from chainrule.schedule.forecast import Forecast

routes = Blueprint("progress", __name__)


class TopicProgress(Said):
    """A topic. families: how many questions. mastered: recalled and right. recall, score: means of those seen."""

    topic: str
    title: str
    families: int
    seen: int
    mastered: int
    due: int
    recall: float
    score: float


class Mistake(Said):
    """A mistake that came more than once. says: the sentence that corrects it."""

    family: str
    name: str
    says: str
    times: int


class Expected(Said):
    """The share of the marks that an exam on that day would bring: in 10, 50 and 90 of 100 exams no more than these."""

    day: datetime
    low: float
    middle: float
    high: float


class Day(Said):
    """Minutes practised on a day."""

    day: date
    minutes: float


class Progress(Said):
    """exam: when it is; null without one. streak: days in a row. days: of the last twelve weeks, those with practice.

    forecast: null before the first answer.
    """

    at: datetime
    families: int
    seen: int
    due: int
    exam: datetime | None
    streak: int
    topics: tuple[TopicProgress, ...]
    mistakes: tuple[Mistake, ...]
    days: tuple[Day, ...]
    forecast: Expected | None


@operation(routes, "GET", "/progress")
def progress() -> Progress:
    """What one has seen and knows, and what an exam would bring."""
    shown = site().progress.of(site(), person())
    found, stand = shown.progress, shown.stand
    seen, due = seen_and_due(stand)
    return Progress(
        at=stand.at, families=len(stand.families), seen=seen, due=due, exam=stand.exam, streak=found.streak,
        topics=tuple(
            TopicProgress(
                topic=one.topic, title=one.title, families=one.families, seen=one.seen, mastered=one.mastered,
                due=one.due, recall=one.recall, score=one.score,
            )
            for one in found.topics
        ),
        mistakes=tuple(
            Mistake(family=one.family, name=one.name, says=one.says, times=one.times) for one in found.mistakes
        ),
        days=tuple(Day(day=day, minutes=minutes) for day, minutes in found.days if minutes),
        forecast=_expected(found.forecast) if found.forecast else None,
    )  # fmt: skip


def _expected(one: Forecast) -> Expected:
    return Expected(day=one.day, low=one.score.low, middle=one.score.middle, high=one.score.high)
