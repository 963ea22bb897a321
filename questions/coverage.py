"""Which items of the course have questions, and of which kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.errors import AuthorError
from questions.bank import Bank
from questions.course import Ask, Item, asked
from questions.faults import listed, suggestion
from questions.topics import shipped_topics, topic_of


class UnknownTopic(AuthorError):
    """The course has no topic of that name."""


@dataclass(frozen=True)
class Covered:
    """An item with the families that ask about it. missing: kinds that suit it and that no part of theirs has."""

    item: Item
    families: tuple[str, ...]
    missing: tuple[Ask, ...]


def coverage(bank: Bank, items: Sequence[Item]) -> tuple[Covered, ...]:
    """The items in their order, each with its families in the order of their ids."""
    return tuple(_covered(bank, item) for item in items)


def items_of(topics: Sequence[str], items: Sequence[Item]) -> tuple[Item, ...]:
    """The items that belong to these topics; all where none is named. Raises `UnknownTopic`."""
    known = shipped_topics()
    ids = [topic.id for topic in known]
    for name in topics:
        if name not in ids:
            raise UnknownTopic(f"there is no topic {name!r}.{suggestion(name, ids) or f' The topics: {listed(ids)}.'}")
    own = [(item, topic_of(item.id, known)) for item in items]
    return tuple(item for item, topic in own if not topics or (topic and topic.id in topics))


def _covered(bank: Bank, item: Item) -> Covered:
    families = {id: family for id, family in sorted(bank.families.items()) if item.id in family.course}
    kinds = [part.answer.kind for family in families.values() for part, _ in family.parts()]
    found = asked(kinds)
    return Covered(item, tuple(families), tuple(ask for ask in item.asks if ask not in found))


def misplaced(course: Iterable[str]) -> list[tuple[str, str]]:
    """Ids that cannot be of the course map, each with the reason: its first word belongs to no topic."""
    topics = shipped_topics()
    prefixes = [prefix for topic in topics for prefix in topic.prefixes]
    wrong = []
    for id in course:
        prefix, dot, rest = id.partition(".")
        if not (dot and rest):
            wrong.append((id, "expected a course-map id such as conv.size.general"))
        elif topic_of(id, topics) is None:
            wrong.append((id, f"no topic covers {prefix!r}.{suggestion(prefix, prefixes)}"))
    return wrong
