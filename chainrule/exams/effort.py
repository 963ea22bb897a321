"""How long a question takes, estimated before anybody has answered it."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questions.family import Family

MINUTES = MappingProxyType({1: 2.0, 2: 3.0, 3: 4.0, 4: 6.0, 5: 8.0})
"""Level -> minutes for a question of one part. A judgement, not a measurement."""
FURTHER = 0.5  # of that for each further part, whose setting is known by then
LONG = MappingProxyType({"code": 2.5, "derivation": 1.5})
"""Kinds of answers that take longer to write, and how many times as long."""


def estimated_minutes(level: int, kinds: Sequence[str]) -> float:
    """Minutes for a question of that level whose parts have these kinds."""
    shares = [LONG.get(kind, 1.0) * (FURTHER if i else 1.0) for i, kind in enumerate(kinds)]
    return MINUTES[level] * sum(shares)


def minutes_of(family: Family) -> float:
    """Minutes for a question of the family."""
    return estimated_minutes(family.level, kinds_of(family))


def kinds_of(family: Family) -> tuple[str, ...]:
    """The kinds of its parts as variants name them: a gradient is a formula."""
    kinds = (part.answer.kind for part, _ in family.parts())
    return tuple("formula" if kind == "gradient" else kind for kind in kinds)


def marks_of(family: Family) -> float:
    """The marks of all its parts."""
    return sum(part.marks for part, _ in family.parts())
