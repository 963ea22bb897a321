"""What a learner chooses, or what is known of one, for queue and plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from chainrule.schedule.cards import RETENTION


def _nothing() -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({})


def _usual_pace() -> Mapping[int, float]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Settings:
    """topics: to practise, () for all. exam: its time, None without one: nothing is due later.

    pace: of `times.pace`. prerequisites: of `questions.prerequisites`. new_share: of the minutes is kept for new
    families while there are any: more of it sees more and keeps less. weak_below: recall times score. places: between a
    failure and its repetition.
    """

    topics: tuple[str, ...] = ()
    exam: datetime | None = None
    retention: float = RETENTION
    pace: Mapping[int, float] = field(default_factory=_usual_pace)
    prerequisites: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing)
    new_share: float = 0.5
    weak_below: float = 0.4
    places: int = 4
