"""Progress: what a learner has seen and knows, by topic and question; what comes back as a mistake; the forecast."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainrule.schedule.cards import Card, retrievability
from chainrule.schedule.exam_day import before_exam
from chainrule.schedule.forecast import Forecast, curve, forecast
from chainrule.standing import Standing

if TYPE_CHECKING:
    from questions.bank import Bank

MASTERED = 0.8  # mean score from which a family that is recalled as well counts as mastered
RECALLED = 0.8
RECURRING = 2  # times from which a mistake is listed
STRIP = 84  # days of the strip
AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class TopicProgress:
    """A topic. recall and score: means over the seen families; known: mean of recall times score."""

    topic: str
    title: str
    families: int
    seen: int
    mastered: int
    due: int
    recall: float
    score: float
    known: float


@dataclass(frozen=True)
class FamilyProgress:
    """A family that was seen."""

    family: str
    title: str
    reviews: int
    score: float
    recall: float
    streak: int
    due: date


@dataclass(frozen=True)
class MistakeCount:
    """A declared mistake that came more than once. says: the sentence that corrects it. title: of the question."""

    family: str
    name: str
    says: str
    times: int
    title: str


@dataclass(frozen=True)
class Progress:
    """days: minutes practised by day, the last ones. streak: days in a row up to today, or to yesterday."""

    topics: tuple[TopicProgress, ...]
    families: tuple[FamilyProgress, ...]
    mistakes: tuple[MistakeCount, ...]
    days: tuple[tuple[date, float], ...]
    streak: int
    forecast: Forecast | None
    curve: tuple[Forecast, ...]


def progress(stand: Standing, bank: Bank, *, seed: int = 0) -> Progress:
    """The progress of a learner; without a review the forecast is None."""
    minutes = minutes_by_day(stand)
    ahead = None
    if stand.reviews:
        day = stand.exam if stand.exam and stand.exam > stand.at else stand.at + AHEAD
        ahead = forecast(stand.reviews, stand.families, day, seed=seed)
    return Progress(
        topics=tuple(_topic(stand, topic, title, ids) for topic, (title, ids) in bank.topics().items()),
        families=tuple(_family(stand, bank, card) for card in stand.cards.values() if card.family in bank.families),
        mistakes=recurring(stand, bank),
        days=tuple((day, minutes.get(day, 0.0)) for day in _last_days(stand.at.date())),
        streak=streak(minutes, stand.at.date()),
        forecast=ahead,
        curve=_curve(stand, seed),
    )


def minutes_by_day(stand: Standing) -> dict[date, float]:
    """Minutes of answering on each day that has any, in the learner's zone."""
    found: dict[date, float] = {}
    for judged in stand.judged:
        day = judged.attempt.at.astimezone(stand.at.tzinfo).date()
        found[day] = found.get(day, 0.0) + judged.attempt.seconds / 60
    return found


def streak(minutes: dict[date, float], today: date) -> int:
    """Days in a row with practice; today need not have any yet."""
    day = today if today in minutes else today - timedelta(days=1)
    count = 0
    while day in minutes:
        count += 1
        day -= timedelta(days=1)
    return count


def recurring(stand: Standing, bank: Bank) -> tuple[MistakeCount, ...]:
    """The declared mistakes that came more than once, the most frequent first."""
    counts = Counter((j.item.family, j.mistake) for j in stand.judged if j.mistake)
    found = [
        MistakeCount(family, name, _says(stand, bank, family, name), times, bank.families[family].title)
        for (family, name), times in counts.items()
        if times >= RECURRING and family in bank.families
    ]
    found = [one for one in found if one.says]  # the question may declare it no more
    return tuple(sorted(found, key=lambda one: (-one.times, one.family, one.name)))


def _says(stand: Standing, bank: Bank, family: str, name: str) -> str:
    """The sentence as declared; where values are drawn into it, as it was told the last time."""
    mistakes = [mistake for part, _ in bank.families[family].parts() for mistake in part.mistakes]
    declared = next((" ".join(mistake.says.split()) for mistake in mistakes if mistake.name == name), "")
    if "{" not in declared:
        return declared
    made = [one for one in stand.judged if (one.item.family, one.mistake) == (family, name)]
    told = [data["says"] for one in made for code, data in json.loads(one.feedback) if code == "mistake"]
    return " ".join(str(told[-1]).split()) if told else ""


def _topic(stand: Standing, topic: str, title: str, ids: Sequence[str]) -> TopicProgress:
    cards = [stand.cards[id] for id in ids if id in stand.cards]
    recalls = [retrievability(card, stand.at) for card in cards]
    mastered = sum(card.score >= MASTERED and recall >= RECALLED for card, recall in zip(cards, recalls, strict=True))
    return TopicProgress(
        topic=topic,
        title=title,
        families=len(ids),
        seen=len(cards),
        mastered=mastered,
        due=sum(before_exam(card, stand.exam, stand.at).due <= stand.at for card in cards),
        recall=sum(recalls) / len(recalls) if recalls else 0.0,
        score=sum(card.score for card in cards) / len(cards) if cards else 0.0,
        known=sum(c.score * r for c, r in zip(cards, recalls, strict=True)) / len(cards) if cards else 0.0,
    )


def _family(stand: Standing, bank: Bank, card: Card) -> FamilyProgress:
    return FamilyProgress(
        family=card.family,
        title=bank.families[card.family].title,
        reviews=card.reviews,
        score=card.score,
        recall=retrievability(card, stand.at),
        streak=card.streak,
        due=before_exam(card, stand.exam, stand.at).due.astimezone(stand.at.tzinfo).date(),
    )


def _last_days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in range(STRIP - 1, -1, -1)]


def _curve(stand: Standing, seed: int) -> tuple[Forecast, ...]:
    if not stand.reviews:
        return ()
    exam = stand.exam if stand.exam and stand.exam > stand.at else None
    return curve(stand.reviews, stand.families, ahead=None if exam else AHEAD, exam=exam, seed=seed)
