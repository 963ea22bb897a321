"""The answer to each part of a quiz in what a student handed in, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.bulk.records import Submitted
from chainrule.quizfile import Place
from chainrule.typed_answers import quote_answers

if TYPE_CHECKING:
    from chainrule.quiz import Quiz


@dataclass(frozen=True)
class Found:
    """An answer as handed in. file: where it stood; problem: why it cannot be judged, for the student.

    unreadable: something was handed in for this part, which cannot be judged.
    """

    text: str = ""
    file: str = ""
    problem: str = ""
    unreadable: bool = False
    remarks: tuple[str, ...] = ()


def answers_of(submitted: Submitted, quiz: Quiz) -> dict[Place, Found]:
    """What was found for each part of the quiz."""
    from questions.strict_yaml import load

    found = {(n, part.id): Found() for n, item in enumerate(quiz.items, start=1) for part in item.parts}
    for file in submitted.files:
        if file.suffix not in {".yaml", ".yml"}:
            continue
        name = file.relative_to(submitted.root).as_posix()
        data = load(quote_answers(files.read(file)), name).data
        for number, item in enumerate(data["items"], start=1):
            for part in item["parts"]:
                if part.get("answer"):
                    found[number, part["id"]] = Found(str(part["answer"]), name)
    return found
