"""The first page: what is due today, how far the day is, an exam that runs, what is new, and the topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.dates import days_text
from chainrule.exams.clock import left_text
from chainrule.news import News, untold
from chainrule.schedule.exam_day import before_exam
from chainrule.today import is_exam_day
from chainrule.web.exam_clock import left
from chainrule.web.exam_index import AssignedLine, to_begin
from chainrule.web.exam_records import open_exams
from chainrule.web.open_bank import open_bank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainrule.standing import Standing
    from chainrule.web.people import Person
    from chainrule.web.site import Site


@dataclass(frozen=True)
class TopicLine:
    """A topic with how many of its questions there are, were seen, and are due."""

    topic: str
    title: str
    families: int
    seen: int
    due: int


@dataclass(frozen=True)
class OpenExam:
    """An exam that runs. left: in words."""

    form: str
    title: str
    left: str


@dataclass(frozen=True)
class Today:
    """exam: when it is, in words, '' without one. practised, target: minutes of today. behind: minutes, 0 for none."""

    families: int
    seen: int
    due: int
    exam: str
    practised: float
    target: float
    behind: float
    exams: tuple[OpenExam, ...]
    to_begin: tuple[AssignedLine, ...]
    news: News
    topics: tuple[TopicLine, ...]


def today(site: Site, person: Person) -> Today:
    """The day of that person."""
    stand = site.standings.of(site, person)
    day, topics = stand.today(), topic_lines(stand, site)
    behind = day.behind - max(0.0, stand.minutes_a_day - day.practised) if day else 0.0
    return Today(
        families=len(stand.families),
        seen=sum(line.seen for line in topics),
        due=sum(line.due for line in topics),
        exam=days_text(day.days) if day else "today" if is_exam_day(stand) else "",
        practised=day.practised if day else _practised(stand),
        target=day.target if day else stand.minutes_a_day,
        behind=behind if behind >= 1 else 0.0,
        exams=tuple(OpenExam(e.id, e.title, left_text(left(site, e))) for e in open_exams(site.store, person.id)),
        to_begin=to_begin(site, person),
        news=untold(site.store, site.bank, person.id),
        topics=topics,
    )


def _practised(stand: Standing) -> float:
    """Minutes since midnight, as `minutes_by_day` counts them, without looking at every day."""
    midnight = stand.at.replace(hour=0, minute=0, second=0, microsecond=0)
    return sum(review.seconds for review in stand.reviews if review.at >= midnight) / 60


def topic_lines(stand: Standing, site: Site) -> tuple[TopicLine, ...]:
    """The topics in the order of the course."""
    return tuple(_line(stand, topic, *rest) for topic, rest in open_bank(site).topics().items())


def _line(stand: Standing, topic: str, title: str, families: Sequence[str]) -> TopicLine:
    cards = [stand.cards[id] for id in families if id in stand.cards]
    due = sum(before_exam(card, stand.exam, stand.at).due <= stand.at for card in cards)
    return TopicLine(topic, title, len(families), len(cards), due)
