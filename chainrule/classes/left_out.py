"""Parts of exams that are over to which there is no answer."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from chainrule.classes.sittings import endings_of, exams_of, items_of
from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.worth import shared
from chainrule.statistics.answers import Answer

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.records import Exam, Item
    from questions.bank import Bank
    from questions.family import Family

Key = tuple[str, str, str]  # learner, family, part


@dataclass(frozen=True)
class Over:
    """A question of an exam that is over. marks: what it is worth there; None for what its file says."""

    item: Item
    marks: float | None = None


def over_in(connection: Connection, exams: Sequence[str]) -> list[Over]:
    """What those of the exams that are over asked."""
    over = sorted(endings_of(connection, exams))
    marks = {id: _marks(exam) for id, exam in exams_of(connection, over).items()}
    return [Over(item, marks.get(item.exam, {}).get(item.number)) for item in items_of(connection, over)]


def _marks(exam: Exam) -> dict[int, float | None]:
    """What each question is worth, by its number; {} where the exam cannot be read."""
    try:
        kept = json.loads(exam.blueprint)
        sections = Blueprint.model_validate(kept["blueprint"]).sections
        return {number: sections[place].each for number, place in enumerate(kept["sections"], start=1)}
    except (ValueError, KeyError, TypeError, IndexError, ValidationError):
        return {}


def left_out(asked: Iterable[Over], answered: Collection[Key], bank: Bank) -> Iterator[Answer]:
    """An answer of score 0 for each part without one, once a learner, where the question is still known.

    Nothing is drawn for it: what parts there are, and their marks, stands in the question's file.
    """
    seen = set(answered)
    for one in asked:
        item = one.item
        family = bank.families.get(item.family)
        for part, kind, marks in _parts(family, one.marks) if family else ():
            place = (item.learner, item.family, part)
            if place not in seen:
                seen.add(place)
                yield Answer(item.learner, f"{item.family}/{part}", kind, marks, "unanswered", 0.0)


def _parts(family: Family, marks: float | None) -> list[tuple[str, str, float]]:
    """Id, kind and marks of each part."""
    specs = [spec for spec, _ in family.parts()]
    own = [float(spec.marks) for spec in specs]
    worth = own if marks is None else shared(marks, own)
    kinds = ["formula" if spec.answer.gradient else spec.answer.kind for spec in specs]
    return [(spec.id, kind, share) for spec, kind, share in zip(specs, kinds, worth, strict=True)]
