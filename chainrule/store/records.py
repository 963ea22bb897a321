"""The records of the store: plain frozen data, each appended once under an id of its own and never edited.

Times are UTC with their zone. What changes later is told by a further record: a regrading, a decision, an ending.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, TypeAlias

Mode: TypeAlias = Literal["practice", "exam", "quiz"]
ME = "me"  # the learner of a store that one person uses


def new_id() -> str:
    """A random id, 32 hexadecimal digits."""
    return uuid.uuid4().hex


def now() -> datetime:
    """The present time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Item:
    """A variant that was asked. values: what was drawn, encoded as in quiz files. exam: the form's id, '' elsewhere."""

    family: str
    version: str
    seed: int
    values: str
    mode: Mode
    exam: str = ""
    number: int = 0  # within an exam, from 1
    learner: str = ME
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Attempt:
    """An answer to a part of an item with its verdict.

    feedback: JSON, a list of [code, data]. hints: shown before the answer. seconds: since the part was shown.
    """

    item: str
    part: str
    kind: str
    answer: str
    outcome: str
    score: float
    marks: float
    mistake: str = ""
    feedback: str = "[]"
    reading: str = ""
    evidence: str = ""
    level: str = ""
    hints: int = 0
    seconds: float = 0.0
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Regrading:
    """A later verdict on an attempt, by a repaired key; the latest one counts. version: of the family's file."""

    attempt: str
    version: str
    outcome: str
    score: float
    mistake: str = ""
    feedback: str = "[]"
    reason: str = ""
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Appeal:
    """A learner's "I think this is right" about an attempt."""

    attempt: str
    note: str = ""
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Decision:
    """What became of an appeal."""

    appeal: str
    accepted: bool
    says: str = ""
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Exam:
    """An exam that was begun. id: its form. blueprint: JSON. minutes: allowed, 0 for no limit."""

    id: str
    title: str
    blueprint: str
    minutes: float
    feedback: Literal["none", "outcome", "full"] = "none"
    learner: str = ME
    at: datetime = field(default_factory=now)


@dataclass(frozen=True)
class Draft:
    """An answer saved during an exam; the latest one of a part is what is graded. seconds: spent on it so far."""

    item: str
    part: str
    answer: str
    seconds: float = 0.0
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Ending:
    """The end of an exam. how: handed in, or out of time. earned and possible: marks."""

    exam: str
    how: Literal["handed-in", "time"]
    earned: float
    possible: float
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class Setting:
    """A learner's setting, such as the date of the exam; the latest one of a name counts."""

    name: str
    value: str
    learner: str = ME
    at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)


Record: TypeAlias = Item | Attempt | Regrading | Appeal | Decision | Exam | Draft | Ending | Setting


@dataclass(frozen=True)
class Judged:
    """An attempt with the item it belongs to and the verdict that counts: its own, or that of the latest regrading."""

    item: Item
    attempt: Attempt
    outcome: str
    score: float
    mistake: str
    feedback: str
    regraded: bool = False
