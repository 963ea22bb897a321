"""Which items of the course have questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from questions.bank import Bank
from questions.faults import suggestion
from questions.topics import shipped_topics, topic_of


@dataclass(frozen=True)
class Coverage:
    """families: ids of the course map -> the families that cover them. missing: wanted ids without a family."""

    families: dict[str, tuple[str, ...]]
    missing: tuple[str, ...] = ()


def coverage(bank: Bank, wanted: Iterable[str] = ()) -> Coverage:
    """What the bank covers, by course-map id, and which of the wanted ids it does not."""
    found: dict[str, list[str]] = {}
    for id, family in sorted(bank.families.items()):
        for course_id in family.course:
            found.setdefault(course_id, []).append(id)
    missing = tuple(id for id in wanted if id not in found)
    return Coverage({id: tuple(families) for id, families in sorted(found.items())}, missing)


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
