"""A blueprint made of a few choices, written as the YAML that an instructor may go on with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choices:
    """questions or marks: one of them, the other None. each: marks of every question, None for its own.

    topics, levels, kinds: empty for all. families: asked in any case.
    """

    title: str
    minutes: float
    topics: Sequence[str] = ()
    levels: Sequence[int] = ()
    kinds: Sequence[str] = ()
    families: Sequence[str] = ()
    questions: int | None = None
    marks: float | None = None
    each: float | None = None
    graded: bool = False


def blueprint_text(chosen: Choices) -> str:
    """The blueprint; whether a bank can fill it shows when it is read."""
    lines = [f"title: {_quoted(chosen.title)}", f"minutes: {chosen.minutes:g}", "feedback: none"]
    lines += ["grades: {A: 85, B: 70, C: 60, D: 50, F: 0}"] if chosen.graded else []
    lines += ["sections:", "  - title: Questions"]
    for name, values in (("topics", chosen.topics), ("levels", chosen.levels), ("kinds", chosen.kinds)):
        lines += [f"    {name}: [{', '.join(map(str, values))}]"] if values else []
    if chosen.families:
        lines += ["    families:", *(f"      - {family}" for family in chosen.families)]
    sizes = (("questions", chosen.questions), ("marks", chosen.marks), ("each", chosen.each))
    lines += [f"    {name}: {value:g}" for name, value in sizes if value is not None]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """In double quotes, as YAML reads it back."""
    return json.dumps(text)
