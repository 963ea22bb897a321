"""Reads a family for every combination of its drawn texts, so that no variant fails where others do not."""

from __future__ import annotations

import random

from questions import draws
from questions.build_key import Refused
from questions.context import Context
from questions.family import Family, draws_of
from questions.texts import formulas_of

ATTEMPTS = 50  # draws of the numbers, for a combination to satisfy `where`


def check_structures(family: Family) -> None:
    """Reads every formula and text of the family for every combination of drawn texts; raises `FaultError`.

    A combination that `where` excludes for ATTEMPTS draws of the numbers is left out.
    """
    for forced in draws.structures(family.spec.draw):
        rng = random.Random(f"{family.id}:structures")
        for _ in range(ATTEMPTS):
            try:
                context = family.context(draws.forced(draws_of(family, rng), forced))
            except Refused:
                continue
            _read_everything(family, context)
            break


def _read_everything(family: Family, context: Context) -> None:
    for path in family.templates:
        context.prose(path)
    for part, path in family.parts():
        for text, where in formulas_of(part, path):
            context.formula(text, where)
        if part.steps:
            context.steps(part.steps, (*path, "steps"))
