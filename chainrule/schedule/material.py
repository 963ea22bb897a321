"""What there is to practise: the families of a bank as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.schedule.times import expected_seconds

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.family import Family


@dataclass(frozen=True)
class Material:
    """A family. marks: of all parts; seconds: expected; course: the items of the course that it covers."""

    family: str
    topic: str
    level: int
    marks: float
    seconds: float
    course: tuple[str, ...] = ()


def materials(bank: Bank) -> tuple[Material, ...]:
    """Every family of the bank, by id."""
    return tuple(_material(family) for _, family in sorted(bank.families.items()))


def _material(family: Family) -> Material:
    parts = [part for part, _ in family.parts()]
    seconds = expected_seconds(family.level, [part.answer.kind for part in parts])
    marks = float(sum(part.marks for part in parts))
    return Material(family.id, family.topic, family.level, marks, seconds, family.course)
