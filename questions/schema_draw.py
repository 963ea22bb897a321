"""The schema of `draw`: how each value of a variant is drawn."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from questions.fields import Dimension, Fields, Flag, Name, OneKind, Real, Scalar, Text, Whole, fault, plain
from questions.schema_network import NetworkSpec

Record = dict[str, str | int | float]


def _choice(values: object) -> tuple[str | int | float, ...] | tuple[Record, ...]:
    """Two or more different values, or records that all have the same fields."""
    if not isinstance(values, list) or len(values) < 2:
        raise fault("expected a list of 2 or more values, or of records with the same fields")
    records = [value for value in values if isinstance(value, dict)]
    if records and (len(records) < len(values) or len({tuple(sorted(r)) for r in records}) > 1):
        raise fault("expected every record to have the same fields")
    entries = [entry for r in records for entry in r.values()] if records else values
    if wrong := [e for e in entries if isinstance(e, bool) or not isinstance(e, str | int | float)]:
        raise fault(f"came {wrong[0]!r}, expected a number or a text")
    if any(values[i] in values[:i] for i in range(len(values))):
        raise fault("the same value stands twice; to make one likelier, say so in `where` or draw an integer")
    return tuple(values)


Choice = Annotated[tuple[Scalar, ...] | tuple[Record, ...], plain(_choice, list[Scalar | Record])]


class ScalarDraw(OneKind):
    """One number.

    integer: [low, high], both included.
    decimal: [low, high] in steps of `step` (0.1 where not given), exact.
    rational: [low, high] over one of `denominators`.
    """

    kinds: ClassVar[tuple[str, ...]] = ("integer", "decimal", "rational")
    integer: tuple[Whole, Whole] | None = None
    decimal: tuple[Real, Real] | None = None
    rational: tuple[Whole, Whole] | None = None
    step: Annotated[Real, Field(gt=0)] | None = None
    denominators: tuple[Annotated[int, Field(strict=True, ge=1, le=1000)], ...] = ()

    @model_validator(mode="after")
    def _sensible(self) -> ScalarDraw:
        bounds = self.integer or self.decimal or self.rational
        if bounds is not None and bounds[0] > bounds[1]:
            raise fault(f"from {bounds[0]} to {bounds[1]} there is nothing; the lower bound comes first")
        if self.step is not None and self.decimal is None:
            raise fault("`step` belongs to a decimal")
        if bool(self.denominators) != (self.rational is not None):
            raise fault("a rational wants `denominators`, a list of whole numbers; nothing else takes them")
        return self


class ArrayDraw(Fields):
    """An array of numbers. shape: whole numbers, or drawn integers. distinct: no entry twice."""

    shape: Annotated[tuple[Dimension, ...], Field(min_length=1, max_length=3)]
    entries: ScalarDraw
    distinct: Flag = False


class Draw(ScalarDraw):
    """One drawn value, or several by a choice of records.

    choice: one of the values; in formulas a text is grafted as a formula. Fields of records join the names.
    text: one of the texts, for prose only.
    network: a forward program with its symbols; `{parameters}` and `{asked}` name all of its weights, and one.
    subset: `size` of the values in their order. permutation: all of them in a drawn order.
    """

    kinds: ClassVar[tuple[str, ...]] = (
        "integer", "decimal", "rational", "choice", "text", "subset", "permutation", "array", "network",
    )  # fmt: skip
    choice: Choice | None = None
    text: tuple[Text, ...] | None = None
    subset: tuple[Scalar, ...] | None = None
    size: Annotated[int, Field(strict=True, ge=1)] | None = None
    permutation: tuple[Scalar, ...] | None = None
    array: ArrayDraw | None = None
    network: NetworkSpec | None = None

    @model_validator(mode="after")
    def _sized(self) -> Draw:
        if (self.subset is None) != (self.size is None):
            raise fault("a subset wants `size`, and nothing else takes it")
        if self.subset is not None and self.size is not None and self.size > len(self.subset):
            raise fault(f"a subset of {self.size} out of {len(self.subset)} values")
        return self


Draws = dict[Name, Draw]
