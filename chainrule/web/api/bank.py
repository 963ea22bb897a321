"""Topics and questions that may be practised."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from pydantic import Field

from chainrule.web.answering import open_family
from chainrule.web.api.base import Given, Said
from chainrule.web.api.operations import operation
from chainrule.web.open_bank import open_bank
from chainrule.web.site import site
from questions.family import Family

routes = Blueprint("bank", __name__)
UNKNOWN = "There is no such question."


class Topic(Said):
    """A topic. families: how many questions it has."""

    id: str
    title: str
    families: int


class Topics(Said):
    """In the order of the course."""

    topics: tuple[Topic, ...]


class FamilyEntry(Said):
    """A question with values to draw. version: of its file; kinds: of its parts. url: of its page."""

    id: str
    topic: str
    title: str
    level: int
    source: str
    version: str
    kinds: tuple[str, ...]
    url: str


class Families(Said):
    """In the order of the course's topics, then by id."""

    families: tuple[FamilyEntry, ...]


class Wanted(Given):
    """Which questions. topic: its id. level: from 1 to 5."""

    topic: str | None = None
    level: Annotated[int, Field(ge=1, le=5)] | None = None


@operation(routes, "GET", "/topics")
def topics() -> Topics:
    """The topics that have questions, in the order of the course."""
    found = open_bank(site()).topics().items()
    return Topics(topics=tuple(Topic(id=id, title=title, families=len(ids)) for id, (title, ids) in found))


@operation(routes, "GET", "/families")
def families(query: Wanted) -> Families:
    """The questions that may be practised, of a topic or of a level where one is named."""
    bank = open_bank(site())
    ids = [id for topic, (_, ids) in bank.topics().items() if query.topic in (None, topic) for id in ids]
    found = [bank.families[id] for id in ids]
    return Families(families=tuple(entry(family) for family in found if query.level in (None, family.level)))


@operation(routes, "GET", "/families/<family>", refuses={404: UNKNOWN})
def family(family: str) -> FamilyEntry:
    """One question."""
    return entry(open_family(site(), family))


def entry(family: Family) -> FamilyEntry:
    """The question as it is listed."""
    kinds = dict.fromkeys("formula" if spec.answer.gradient else spec.answer.kind for spec, _ in family.parts())
    return FamilyEntry(
        id=family.id, topic=family.topic, title=family.title, level=family.level, source=family.source,
        version=family.version, kinds=tuple(kinds), url=f"/try/{family.id}",
    )  # fmt: skip
