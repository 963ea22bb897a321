"""The schema of a family's file, version 1. What each field means stands beside it.

Here only form is checked: fields, types, one kind of answer. What formulas mean is checked in `structures.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, model_validator

from questions.fields import (
    Dimension,
    Fields,
    Formula,
    Formulas,
    Name,
    OneKind,
    Real,
    Text,
    fault,
    one_field,
    one_item,
)
from questions.schema_answers import Answer
from questions.schema_conventions import ConventionSpec
from questions.schema_draw import Draw
from questions.schema_symbols import Reference, Symbols


class Autograd(Fields):
    """The gradient of a line of `forward`, taken by torch."""

    of: Name
    with_respect_to: Name


class OracleSpec(OneKind):
    """A second road to the key: a function of `solutions`, or autograd over `forward`."""

    kinds: ClassVar[tuple[str, ...]] = ("function", "autograd")
    function: Reference | None = None
    autograd: Autograd | None = None


Oracles = Annotated[tuple[Annotated[OracleSpec, one_field("function", what="the name of a function")], ...], one_item()]


class MistakeSpec(Fields):
    """A wrong key and the sentence that corrects it. reference: a wrong function, for code.

    worth: the share of the marks that it earns all the same.
    """

    name: Text
    key: Formulas | None = None
    reference: Reference | None = None
    says: Text
    worth: Annotated[Real, Field(ge=0, lt=1)] = 0.0


def _different_names(mistakes: tuple[MistakeSpec, ...]) -> tuple[MistakeSpec, ...]:
    """Names tell mistakes apart in verdicts and statistics."""
    names = [mistake.name for mistake in mistakes]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        again = len(names) - 1 - names[::-1].index(twice[0])
        raise fault(f"two mistakes are named {twice[0]!r}; names tell them apart in statistics", again, "name")
    return mistakes


Mistakes = Annotated[tuple[MistakeSpec, ...], AfterValidator(_different_names)]


class PartSpec(Fields):
    """One thing asked, with its own key and marks.

    picture: a function of `solutions` that makes what is drawn beside the prompt. after: the part that it builds on.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")] = "a"
    prompt: Text
    answer: Answer
    marks: Annotated[Real, Field(gt=0)] = 1
    mistakes: Mistakes = ()
    hints: Annotated[tuple[Text, ...], one_item()] = ()
    steps: Text | None = None
    oracle: Oracles = ()
    conventions: tuple[ConventionSpec, ...] = ()
    picture: Reference | None = None
    after: Text | None = None


class AlsoSpec(Fields):
    """A further right answer, added after somebody gave it. seed: of the one variant where it is right; else of all."""

    part: str = "a"
    answer: Text
    seed: Annotated[int, Field(strict=True, ge=0)] | None = None
    why: Text


class FamilySpec(Fields):
    """A family. A prompt and an answer at the top are sugar for one part, `a`.

    seeds: how many variants a check looks at, at most; for families that are slow to check. worked_picture: like
    `picture`, beside the worked solution.
    """

    title: Text
    course: Annotated[tuple[Text, ...], one_item(), Field(min_length=1)]
    level: Annotated[int, Field(strict=True, ge=1, le=5)] = 1
    source: Text
    draw: dict[Name, Draw] = Field(default_factory=dict)
    let: dict[Name, Formula] = Field(default_factory=dict)
    where: Annotated[tuple[Formula, ...], one_item()] = ()
    distinct: Annotated[int, Field(strict=True, ge=0)] = 1
    seeds: Annotated[int, Field(strict=True, ge=20)] | None = None
    symbols: Symbols = Field(default_factory=dict)
    indices: dict[Name, Dimension] = Field(default_factory=dict)
    forward: Text | None = None
    prompt: Text | None = None
    answer: Answer | None = None
    marks: Annotated[Real, Field(gt=0)] = 1
    mistakes: Mistakes = ()
    hints: Annotated[tuple[Text, ...], one_item()] = ()
    steps: Text | None = None
    oracle: Oracles = ()
    conventions: tuple[ConventionSpec, ...] = ()
    picture: Reference | None = None
    worked_picture: Reference | None = None
    parts: tuple[PartSpec, ...] = ()
    also: tuple[AlsoSpec, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> FamilySpec:
        if self.parts and (self.answer or self.mistakes):
            raise fault("`parts` beside a top-level answer or mistakes; move them into a part", "parts")
        if not self.parts and not (self.prompt and self.answer):
            raise fault("expected `prompt` and `answer`, or `parts`")
        ids = [part.id for part in self.parts]
        if len(set(ids)) < len(ids):
            raise fault(f"two parts share an id; the ids are {', '.join(ids)}", "parts")
        for i, part in enumerate(self.parts):
            if part.after is not None and part.after not in ids[:i]:
                raise fault(
                    f"part {part.id!r} comes after {part.after!r}, which is no earlier part", "parts", i, "after"
                )
        for i, also in enumerate(self.also):
            if also.part not in (ids or ["a"]):
                raise fault(
                    f"there is no part {also.part!r}; the parts are {', '.join(ids or ['a'])}", "also", i, "part"
                )
        return self


def own_oracles(part: PartSpec, drawn: Mapping[str, str]) -> tuple[OracleSpec, ...]:
    """The roads by autograd that an answer has which is derived from `forward`. drawn: texts by name, for `{asked}`."""
    answer = part.answer.gradient or part.answer.derivation
    if answer is None:
        return ()
    names = answer.with_respect_to if isinstance(answer.with_respect_to, tuple) else (answer.with_respect_to,)
    return tuple(OracleSpec(autograd=Autograd(of=answer.of, with_respect_to=name)) for name in _named(names, drawn))


def _named(names: tuple[str, ...], drawn: Mapping[str, str]) -> tuple[str, ...]:
    """The names, with the drawn texts in the place of those in braces."""
    found = (drawn.get(name[1:-1], name) if name.startswith("{") else name for name in names)
    return tuple(dict.fromkeys(single.strip() for text in found for single in text.split(",")))


def json_schema() -> dict[str, Any]:
    """The schema as JSON Schema, for editors that complete and check YAML."""
    return FamilySpec.model_json_schema(by_alias=True)
