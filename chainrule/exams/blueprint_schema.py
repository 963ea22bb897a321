"""The schema of a blueprint: what an exam is made of. Here only form is checked, and whether a bank can fill it not."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from questions.fields import Fields, Real, Sugar, Text, fault, one_item

Kind = Literal["formula", "derivation", "integer", "number", "choice", "statements", "shape", "ordering", "code"]
Feedback = Literal["none", "outcome", "full"]
ALL = "all"  # of topics; within: no names


def _all_or_some(value: Any) -> Any:
    if value == ALL:
        return ()
    if value == []:
        raise fault("came an empty list, expected topics, or all")
    return value if isinstance(value, list | tuple) else [value]


class Section(Fields):
    """One section. It holds `questions`, or as many as come to about `marks`; with both, that many near these marks.

    topics, levels, kinds: of what is drawn; () for all. kinds fits a question all of whose parts are of these kinds.
    families: asked in every form, whatever they are. each: the marks of every question here, in the place of its own.
    instructions: Markdown.
    """

    title: Text
    instructions: str = ""
    topics: Annotated[tuple[Text, ...], Sugar(_all_or_some)] = ()
    levels: Annotated[tuple[Annotated[int, Field(strict=True, ge=1, le=5)], ...], one_item()] = ()
    kinds: Annotated[tuple[Kind, ...], one_item()] = ()
    questions: Annotated[int, Field(strict=True, ge=1, le=200)] | None = None
    marks: Annotated[Real, Field(gt=0, le=1000)] | None = None
    families: Annotated[tuple[Text, ...], one_item()] = ()
    each: Annotated[Real, Field(gt=0, le=100)] | None = None

    @model_validator(mode="after")
    def _sized(self) -> Section:
        if self.questions is None and self.marks is None and not self.families:
            raise fault("expected `questions`, `marks` or `families`, so that the section has a size")
        if self.questions is not None and self.marks is not None and self.each is not None:
            raise fault("`questions` times `each` are the marks already; delete `marks`", "marks")
        if self.questions is not None and len(self.families) > self.questions:
            raise fault(f"{len(self.families)} families, but only {self.questions} questions", "families")
        return self


class Blueprint(Fields):
    """An exam. minutes: allowed, 0 for no limit. instructions: Markdown.

    feedback: what is said after each answer while the exam runs: nothing, right or wrong, or the whole verdict.
    grades: grade -> the percentage from which it is given; the lowest from 0. None: without grades.
    """

    title: Text
    minutes: Annotated[Real, Field(ge=0, le=1440)]
    feedback: Feedback = "none"
    instructions: str = ""
    grades: dict[Text, Annotated[Real, Field(ge=0, le=100)]] = Field(default_factory=dict)
    sections: Annotated[tuple[Section, ...], Field(min_length=1, max_length=50)]

    @model_validator(mode="after")
    def _whole(self) -> Blueprint:
        given = list(self.grades.values())
        if given and 0 not in given:
            raise fault("no grade begins at 0 percent; give the lowest grade 0", "grades")
        if twice := [grade for i, grade in enumerate(self.grades) if self.grades[grade] in given[:i]]:
            raise fault("two grades begin at the same percentage", "grades", twice[0])
        seen: set[str] = set()
        for i, section in enumerate(self.sections):
            for j, family in enumerate(section.families):
                if family in seen:
                    raise fault(f"{family} is asked twice; a form asks no question twice", "sections", i, "families", j)
                seen.add(family)
        return self
