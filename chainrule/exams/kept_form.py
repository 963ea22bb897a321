"""A form as text, to be kept beside its questions, and the form again from both."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.form import Form, FormItem
from chainrule.exams.worth import worth
from grader.errors import AuthorError

if TYPE_CHECKING:
    from questions.variant import Variant


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


def form_again(id: str, text: str, variants: Sequence[Variant]) -> Form:
    """The form of that text with its questions, drawn anew from their seeds, in order; each has the exam's marks again.

    Raises AuthorError where the text is none of `form_text`, or the number of questions differs.
    """
    try:
        kept = json.loads(text)
        blueprint = Blueprint.model_validate(kept["blueprint"])
        sections = [blueprint.sections[section] for section in kept["sections"]]
        exam, student = str(kept["exam"]), str(kept["student"])
    except (ValueError, KeyError, TypeError, IndexError, ValidationError) as error:
        raise AuthorError(
            f"the exam {id} cannot be read, so it cannot be gone on with: {str(error).splitlines()[0]}"
        ) from None
    if len(sections) != len(variants):
        raise AuthorError(
            f"the exam {id} has {len(sections)} questions, but {len(variants)} were kept; it is not whole"
        )
    items = tuple(
        FormItem(number, place, worth(variant, section.each))
        for number, (place, section, variant) in enumerate(zip(kept["sections"], sections, variants, strict=True), 1)
    )
    return Form(id, blueprint, items, exam=exam, student=student)
