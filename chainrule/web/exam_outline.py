"""What an exam asks, told before it is begun: from its blueprint, which names no question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.exams.blueprint_schema import Blueprint, Section
from chainrule.markdown import prose_html
from chainrule.pages import marks_text, number_text
from grader.errors import AuthorError
from questions.strict_yaml import load
from questions.validation import validated

if TYPE_CHECKING:
    from chainrule.exams.blueprint_schema import Feedback

FEEDBACK: dict[Feedback, str] = {
    "none": "Nothing is said about your answers while it runs.",
    "outcome": "Right or wrong is said after each answer.",
    "full": "Each answer is explained at once.",
}


@dataclass(frozen=True)
class Outline:
    """sections: what each asks, in words. minutes: 0 without a limit. marks, questions: '' where the draw decides.

    tells: whether anything is said about an answer while it runs. fault: why the blueprint cannot be read, else ''.
    """

    title: str
    minutes: float
    questions: str
    marks: str
    sections: tuple[str, ...]
    feedback: str
    instructions: Markup
    tells: bool = False
    fault: str = ""

    @property
    def allowed(self) -> str:
        """The time in words."""
        return f"{number_text(self.minutes)} minutes" if self.minutes else "no time limit"


def outline_of(blueprint: Blueprint) -> Outline:
    """The outline of a blueprint."""
    counts = [_count(section) for section in blueprint.sections]
    marks = [_marks(section, count) for section, count in zip(blueprint.sections, counts, strict=True)]
    known = [count for count in counts if count is not None]
    summed = [one for one in marks if one is not None]
    return Outline(
        title=blueprint.title,
        minutes=blueprint.minutes,
        questions=_questions(sum(known)) if len(known) == len(counts) else "",
        marks=marks_text(sum(summed)) if len(summed) == len(marks) else "",
        sections=tuple(_told(*one) for one in zip(blueprint.sections, counts, marks, strict=True)),
        feedback=FEEDBACK[blueprint.feedback],
        instructions=prose_html((blueprint.instructions,)) if blueprint.instructions else Markup(),
        tells=blueprint.feedback != "none",
    )


@lru_cache(maxsize=200)
def outline_of_text(text: str) -> Outline:
    """The outline of a blueprint in YAML, as an assignment keeps it; an older version may have taken what this refuses.

    One that cannot be read says why in `fault` and nothing else, so that other assignments stand beside it.
    """
    try:
        return outline_of(validated(Blueprint, load(text, "blueprint")))
    except AuthorError as error:
        return Outline("", 0.0, "", "", (), "", Markup(), fault=str(error))


def _count(section: Section) -> int | None:
    if section.questions is not None:
        return section.questions
    return len(section.families) if section.families and section.marks is None else None


def _marks(section: Section, count: int | None) -> float | None:
    if section.marks is not None:
        return section.marks
    return section.each * count if section.each is not None and count is not None else None


def _told(section: Section, count: int | None, marks: float | None) -> str:
    worth = marks_text(marks) if marks is not None else ""
    return f"{section.title}: {', '.join(filter(None, (_questions(count) if count else '', worth)))}".removesuffix(": ")


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"
