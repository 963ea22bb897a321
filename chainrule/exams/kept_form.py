"""A form as text, to be kept beside its questions, and the form again from both."""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.form import Form, FormItem
from chainrule.exams.worth import worth
from grader.errors import AuthorError

if TYPE_CHECKING:
    from questions.variant import Variant

MOST_FAULTS = 5  # that are told of one blueprint


def form_text(form: Form) -> str:
    """The form without its questions, as JSON: the blueprint, and the section of each question in order."""
    return json.dumps(
        {
            "blueprint": form.blueprint.model_dump(mode="json", exclude_defaults=True),
            "sections": [item.section for item in form.items],
            "exam": form.exam,
            "student": form.student,
        }
    )


@dataclass(frozen=True)
class KeptForm:
    """What `form_text` kept. sections: the place of each question's section in the blueprint, in order."""

    blueprint: Blueprint
    sections: tuple[int, ...]
    exam: str
    student: str


def kept_form(id: str, text: str) -> KeptForm:
    """The form of that text, without its questions. Raises AuthorError where the text is none of `form_text`."""
    try:
        kept = json.loads(text)
        blueprint = Blueprint.model_validate(kept["blueprint"])
        sections = tuple(int(section) for section in kept["sections"])
        if not all(0 <= section < len(blueprint.sections) for section in sections):
            raise IndexError("a question is of a section that is not there")
        return KeptForm(blueprint, sections, str(kept["exam"]), str(kept["student"]))
    except (ValueError, KeyError, TypeError, IndexError, ValidationError) as error:
        raise AuthorError(f"the exam {id} cannot be read, so it cannot be gone on with: {_why(error)}") from None


def _why(error: Exception) -> str:
    """What is wrong, in a line: of a blueprint, its first fields that do not fit."""
    if not isinstance(error, ValidationError):
        return str(error).splitlines()[0]
    faults = error.errors()[:MOST_FAULTS]
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'blueprint'}: {one['msg']}" for one in faults)


def form_again(id: str, text: str, variants: Sequence[Variant | None]) -> Form:
    """The form of that text with its questions, drawn anew from their seeds, in order; each has the exam's marks again.

    A question that is None is left out. Raises AuthorError where the text is none of `form_text`, the number of
    questions differs, or none is left.
    """
    kept = kept_form(id, text)
    if len(kept.sections) != len(variants):
        raise AuthorError(
            f"the exam {id} has {len(kept.sections)} questions, but {len(variants)} were kept; it is not whole"
        )
    sections = kept.blueprint.sections
    items = tuple(
        FormItem(number, place, worth(variant, sections[place].each))
        for number, (place, variant) in enumerate(zip(kept.sections, variants, strict=True), 1)
        if variant is not None
    )
    if not items:
        raise AuthorError(f"the exam {id} cannot be gone on with: each of its questions was changed since, or is gone")
    return Form(id, kept.blueprint, items, exam=kept.exam, student=kept.student)


def is_readable(text: str, families: Sequence[str], known: Container[str]) -> bool:
    """Whether `form_again` may succeed, told without a draw. families: of the questions. known: that can be drawn."""
    try:
        kept = kept_form("", text)
    except AuthorError:
        return False
    return len(kept.sections) == len(families) and any(family in known for family in families)
