"""Reviews: each item that was asked, all its parts together, as one repetition of its family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from chainrule.schedule.times import LEVEL, expected_seconds

if TYPE_CHECKING:
    from chainrule.store.records import Judged

JUDGED = frozenset({"right", "partial", "wrong"})  # the other outcomes cost nothing and tell nothing
NO_LEVELS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Review:
    """One asked item. score: marks earned / marks, of the first judged answer to each part.

    at: when the last of these answers came. seconds: 0 where no time was taken. expected: seconds, by level and kinds.
    """

    family: str
    topic: str
    at: datetime
    score: float
    hints: int
    seconds: float
    expected: float
    mistakes: tuple[str, ...] = ()
    level: int = LEVEL


def reviews_of(judged: Sequence[Judged], levels: Mapping[str, int] = NO_LEVELS) -> tuple[Review, ...]:
    """The reviews in the order of time, from attempts in any order.

    Of each part the first answer counts that was judged right, partial or wrong, with the verdict that counts today;
    later tries come after the feedback and tell little about memory. Parts without such an answer are left out, and so
    are items without such a part. levels: family -> level, for the expected time.
    """
    items: dict[str, dict[str, Judged]] = {}
    for one in sorted(judged, key=lambda one: one.attempt.at):
        if one.outcome in JUDGED:
            items.setdefault(one.item.id, {}).setdefault(one.attempt.part, one)
    found = (_review(list(parts.values()), levels) for parts in items.values())
    return tuple(sorted(found, key=lambda review: (review.at, review.family)))


def _review(parts: Sequence[Judged], levels: Mapping[str, int]) -> Review:
    family = parts[0].item.family
    level = levels.get(family, LEVEL)
    marks = sum(part.attempt.marks for part in parts)
    earned = sum(part.score * part.attempt.marks for part in parts)
    return Review(
        family=family,
        topic=family.partition(".")[0],
        at=max(part.attempt.at for part in parts),
        score=earned / marks if marks else sum(part.score for part in parts) / len(parts),
        hints=sum(part.attempt.hints for part in parts),
        seconds=sum(part.attempt.seconds for part in parts),
        expected=expected_seconds(level, [part.attempt.kind for part in parts]),
        mistakes=tuple(part.mistake for part in parts if part.mistake),
        level=level,
    )
