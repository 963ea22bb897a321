"""One item to practise, with the reason for it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal["due", "new", "weak prerequisite", "failed before", "gain", "last day"]


@dataclass(frozen=True)
class Planned:
    """A family to practise. recall: its chance now, 0 unseen. seed: of the variant to draw, fresh each time.

    reason: failed before: it was forgotten last time; gain: it adds most to the exam per minute.
    """

    family: str
    topic: str
    reason: Reason
    minutes: float
    recall: float
    seed: int


def variant_seed(family: str, repetition: int, seed: int) -> int:
    """A seed for the variant: of the family, of how often it was asked, and of the session."""
    return random.Random(f"{family}:{repetition}:{seed}").randrange(2**31)


def fill(candidates: Iterable[Planned], minutes: float) -> Iterator[Planned]:
    """The first candidates that fit; the last may go over the minutes by less than half of its own."""
    left = minutes
    for one in candidates:
        if left <= 0 or one.minutes > 2 * left:
            return
        left -= one.minutes
        yield one
