"""The parts of an assignment in their order, with a stable id and a short name each."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainrule.quiz import Quiz


@dataclass(frozen=True)
class Column:
    """A part. item: its stable id, `family/part`, with `#2` where the question is asked a second time.

    place: as students see it, such as `3b`.
    """

    number: int
    family: str
    part: str
    kind: str
    marks: float
    title: str
    item: str
    place: str
    starter: str = ""


def columns_of(quiz: Quiz) -> tuple[Column, ...]:
    """A column for each part of the quiz."""
    found = []
    for number, variant in enumerate(quiz.items, start=1):
        letters = ascii_lowercase if len(variant.parts) > 1 else ("",)
        times = sum(other.family == variant.family for other in quiz.items[:number])
        for part, letter in zip(variant.parts, letters, strict=False):
            item = f"{variant.family}/{part.id}" + (f"#{times}" if times > 1 else "")
            found.append(
                Column(
                    number, variant.family, part.id, part.kind, part.marks, variant.title, item, f"{number}{letter}",
                    part.starter,
                )
            )  # fmt: skip
    return tuple(found)
