"""A topic's questions by level, with when each was seen and what is likely left of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from chainrule.dates import days_text
from chainrule.schedule.cards import retrievability
from chainrule.schedule.exam_day import before_exam
from chainrule.web.open_bank import open_bank
from chainrule.web.people import not_yours

if TYPE_CHECKING:
    from chainrule.standing import Standing
    from chainrule.web.people import Person
    from chainrule.web.site import Site
    from questions.family import Family


@dataclass(frozen=True)
class FamilyLine:
    """A question. last: when it was seen, in words, '' for never. recall, score: shares, of seen ones."""

    id: str
    title: str
    level: int
    last: str = ""
    recall: float = 0.0
    score: float = 0.0
    due: bool = False


@dataclass(frozen=True)
class TopicView:
    """levels: (level, its questions). wanted: what was searched for."""

    topic: str
    title: str
    levels: tuple[tuple[int, tuple[FamilyLine, ...]], ...]
    families: int
    seen: int
    due: int
    wanted: str = ""


def topic_view(site: Site, person: Person, topic: str, wanted: str = "") -> TopicView:
    """The topic; `wanted`: words that the questions must have in title or id. Raises NotFound."""
    bank = open_bank(site)
    if topic not in bank.topics():
        raise not_yours()
    title, ids = bank.topics()[topic]
    stand = site.standings.of(site, person)
    lines = [_line(stand, bank.families[id]) for id in ids]
    found = [one for one in lines if all(word in f"{one.title} {one.id}".casefold() for word in _words(wanted))]
    found.sort(key=lambda one: (one.level, one.title.casefold(), one.id))
    return TopicView(
        topic=topic,
        title=title,
        levels=tuple((level, tuple(some)) for level, some in groupby(found, key=lambda one: one.level)),
        families=len(lines),
        seen=sum(bool(one.last) for one in lines),
        due=sum(one.due for one in lines),
        wanted=wanted,
    )


def _words(wanted: str) -> list[str]:
    return wanted.casefold().split()


def _line(stand: Standing, family: Family) -> FamilyLine:
    card = stand.cards.get(family.id)
    if card is None:
        return FamilyLine(family.id, family.title, family.level)
    days = card.last.astimezone(stand.at.tzinfo).date() - stand.at.date()
    return FamilyLine(
        family.id,
        family.title,
        family.level,
        last=days_text(days.days),
        recall=retrievability(card, stand.at),
        score=card.score,
        due=before_exam(card, stand.exam, stand.at).due <= stand.at,
    )
