"""The schema of `answer`: every kind of answer with its key."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from questions.fields import NAME, Fields, Flag, Formula, Name, OneKind, Real, Text, fault, one_field, one_item
from questions.schema_code import Code
from questions.schema_symbols import Reference

Target = Annotated[str, StringConstraints(pattern=rf"^({NAME.strip('^$')}|\{{{NAME.strip('^$')}\}})$")]
"""A name, or in braces a drawn text that holds one or several: `{asked}`."""
Share = Annotated[Real, Field(ge=0, lt=1)]


class PartialSpec(Fields):
    """Shares of the marks for a formula that is not wholly right.

    sign, factor, transpose: right up to one of these. entries, terms: each right one earns its part.
    """

    sign: Share = 0.0
    factor: Share = 0.0
    transpose: Share = 0.0
    entries: Flag = False
    terms: Flag = False


class FormulaAnswer(Fields):
    key: Formula
    same_domain: Flag = False
    partial: PartialSpec = PartialSpec()


class GradientAnswer(Fields):
    """The gradient of a line of `forward`: the key and the worked steps are derived from the program."""

    of: Name
    with_respect_to: Target
    same_domain: Flag = False
    partial: PartialSpec = PartialSpec()


class DerivationAnswer(Fields):
    """Gradients of a line of `forward`, derived line by line; key and worked steps come from the program.

    Mistakes are lines, such as `dz = t - y`.
    """

    of: Name
    with_respect_to: Annotated[tuple[Target, ...], one_item(), Field(min_length=1)]


class IntegerAnswer(Fields):
    key: Formula


class NumberAnswer(Fields):
    """digits: significant digits that suffice; `exact: true` demands the exact number instead."""

    key: Formula
    digits: Annotated[int, Field(strict=True, ge=1, le=12)] = 3
    exact: Flag = False


class OptionSpec(Fields):
    """One line to choose. says: why it is wrong."""

    name: Text
    text: Text
    says: str = ""


class ChoiceAnswer(Fields):
    """Options made from the mistakes, or listed with the right one named or decided by a function.

    show: whether a key and mistakes that are formulas appear as formulas or as their values.
    """

    key: Formula | None = None
    source: Annotated[Literal["mistakes"] | None, Field(alias="from")] = None
    show: Literal["formula", "value"] = "formula"
    options: tuple[OptionSpec, ...] = ()
    right: Text | None = None
    decide: Reference | None = None

    @model_validator(mode="after")
    def _one_road(self) -> ChoiceAnswer:
        from_mistakes = self.key is not None and self.source is not None
        listed = len(self.options) >= 2 and (self.right is None) != (self.decide is None)
        mixed = (self.key or self.source) and (self.options or self.right or self.decide)
        if mixed or not (from_mistakes or listed):
            forms = "{key, from: mistakes}, {options, right} or {options, decide}, with 2 or more options"
            raise fault(f"expected one of {forms}")
        names = [option.name for option in self.options]
        if len(set(names)) < len(names):
            raise fault(f"two options share a name; the names are {', '.join(names)}")
        if self.right is not None and self.right not in names:
            raise fault(f"{self.right!r} is no option; the names are {', '.join(names)}", "right")
        return self


class StatementSpec(Fields):
    """A statement, true by a computed condition or by citation. says: why, shown where it was misjudged."""

    text: Text
    true_if: Formula | None = None
    true: Flag | None = None
    cite: Text | None = None
    says: str = ""

    @model_validator(mode="after")
    def _one_ground(self) -> StatementSpec:
        if (self.true_if is None) == (self.true is None):
            raise fault("expected exactly one of true_if and true")
        if self.true is not None and self.cite is None:
            raise fault("`true` without `cite`; name the source that settles it", "true")
        return self


class StatementsAnswer(Fields):
    """show: how many of the statements a variant shows; all where not given."""

    show: Annotated[int, Field(strict=True, ge=1, le=26)] | None = None
    of: Annotated[tuple[StatementSpec, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _enough(self) -> StatementsAnswer:
        if (self.show or len(self.of)) > min(26, len(self.of)):
            raise fault(f"show: {self.show} of {len(self.of)} statements; at most 26 can be shown")
        return self


class ItemSpec(Fields):
    """One item to order, by its value or by its place in the list."""

    name: Text
    text: Text
    value: Formula | None = None


class OrderingAnswer(Fields):
    """Items in the right order with a source, or with values by which they ascend."""

    items: Annotated[tuple[ItemSpec, ...], Field(min_length=2, max_length=26)]
    cite: Text | None = None

    @model_validator(mode="after")
    def _one_ground(self) -> OrderingAnswer:
        valued = [item.value is not None for item in self.items]
        if any(valued) != all(valued):
            raise fault("some items have a value and some have none; expected all or none")
        if not any(valued) and self.cite is None:
            raise fault("items without values want `cite`, the source of their order")
        return self


class Answer(OneKind):
    """What is asked for: one kind, with its key."""

    kinds: ClassVar[tuple[str, ...]] = (
        "formula", "gradient", "derivation", "integer", "number", "shape", "choice", "statements", "ordering", "code",
    )  # fmt: skip
    formula: Annotated[FormulaAnswer, one_field("key", (str, int, float), "a formula in quotes")] | None = None
    gradient: GradientAnswer | None = None
    derivation: DerivationAnswer | None = None
    integer: Annotated[IntegerAnswer, one_field("key", (str, int, float), "a formula in quotes")] | None = None
    number: Annotated[NumberAnswer, one_field("key", (str, int, float), "a formula in quotes")] | None = None
    shape: tuple[Formula, ...] | None = None
    choice: ChoiceAnswer | None = None
    statements: Annotated[StatementsAnswer, one_field("of", (list,), "a list")] | None = None
    ordering: Annotated[OrderingAnswer, one_field("items", (list,), "a list")] | None = None
    code: Code | None = None
