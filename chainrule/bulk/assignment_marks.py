"""Marks that an assignment gives to questions, in the place of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.exams.worth import worth
from chainrule.quiz import Quiz

if TYPE_CHECKING:
    from questions.document import Document
    from questions.faults import Fault
    from questions.variant import Variant

Marks = Mapping[str, float | dict[str, float]]  # by question: of all its parts together, or by the id of a part


def with_marks(quiz: Quiz, marks: Marks) -> Quiz:
    """The quiz with these marks; questions and parts that are not named keep theirs."""
    return Quiz(quiz.title, quiz.seed, tuple(_marked(item, marks.get(item.family)) for item in quiz.items))


def _marked(variant: Variant, marks: float | dict[str, float] | None) -> Variant:
    if not isinstance(marks, dict):
        return worth(variant, marks)
    parts = tuple(replace(part, marks=marks.get(part.id, part.marks)) for part in variant.parts)
    return replace(variant, parts=parts)


def refuse_unknown(marks: Marks, quiz: Quiz, document: Document) -> None:
    """Raises FaultError where marks are given to what is not asked."""
    from questions.faults import FaultError

    if faults := list(_unknown(marks, quiz, document)):
        raise FaultError(faults)


def _unknown(marks: Marks, quiz: Quiz, document: Document) -> Iterator[Fault]:
    from questions.faults import suggestion

    asked = {item.family: [part.id for part in item.parts] for item in quiz.items}
    for family, given in marks.items():
        if family not in asked:
            near = suggestion(family, asked) or f" Asked are {', '.join(asked)}."
            yield document.fault(("marks", family), f"the assignment does not ask {family!r}.{near}", at_key=True)
            continue
        for part in given if isinstance(given, dict) else ():
            if part not in asked[family]:
                has = f"{family} has no part {part!r}; its parts: {', '.join(asked[family])}"
                yield document.fault(("marks", family, part), has, at_key=True)
