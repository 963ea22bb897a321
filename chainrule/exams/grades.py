"""Marks to percent to grade, and the sums by section and by topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.form import Form, FormItem
from chainrule.pages import percent

ROUNDING = 1e-9  # of a percent: sums of thirds must not cost a grade


@dataclass(frozen=True)
class Share:
    """Marks earned of those possible in some questions. name: title of a section, id of a topic, '' for all."""

    name: str
    questions: int
    earned: float
    possible: float

    @property
    def percent(self) -> int:
        """In whole percent, rounded down."""
        return percent(self.earned, self.possible)


@dataclass(frozen=True)
class Result:
    """How an exam went. grade: '' where the blueprint gives none. sections, topics: in the order of the form."""

    total: Share
    grade: str
    sections: tuple[Share, ...]
    topics: tuple[Share, ...]


def result(form: Form, earned: Mapping[tuple[int, str], float]) -> Result:
    """The result for marks earned by (number of the question, id of the part); a part that is missing earned none."""
    total = _share("", form.items, earned)
    sections = [(section.title, form.of_section(i)) for i, section in enumerate(form.blueprint.sections)]
    topics = dict.fromkeys(item.topic for item in form.items)
    return Result(
        total,
        grade_of(form.blueprint, total.earned, total.possible),
        tuple(_share(title, items, earned) for title, items in sections),
        tuple(_share(topic, [item for item in form.items if item.topic == topic], earned) for topic in topics),
    )


def grade_of(blueprint: Blueprint, earned: float, possible: float) -> str:
    """The best grade that the marks reach, by exact percent: 49.9 is not 50. '' where the blueprint has no grades."""
    reached = 100 * earned / possible + ROUNDING if possible else 0.0
    found = [(begins, grade) for grade, begins in blueprint.grades.items() if begins <= reached]
    return max(found, default=(0.0, ""))[1]


def _share(name: str, items: Sequence[FormItem], earned: Mapping[tuple[int, str], float]) -> Share:
    got = sum(earned.get((item.number, part.id), 0.0) for item in items for part in item.variant.parts)
    return Share(name, len(items), got, sum(item.marks for item in items))
