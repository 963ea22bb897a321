"""The schema of a revision sheet's file, `sheets/<topic>.yaml`."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from questions.fields import Fields, Flag, Name, OneKind, Real, Text, one_field, one_item
from questions.schema import Autograd
from questions.schema_symbols import Reference, Symbols

Course = Annotated[tuple[Text, ...], one_item()]


class Simulation(Fields):
    """A function of `solutions` that draws at random, and how far it may be off, relative to the largest value."""

    function: Reference
    within: Annotated[Real, Field(gt=0, le=0.2)]


class CheckSpec(OneKind):
    """How a formula is checked, the first that applies:

    autograd    over the lines of `forward`
    oracle      a function of `solutions` that gets there by another way
    simulation  a function that draws at random
    identity    both sides of the equation are computed and agree
    definition  there is nothing to compare with; the formula is finite somewhere
    """

    kinds: ClassVar[tuple[str, ...]] = ("word", "oracle", "autograd", "simulation")
    word: Literal["definition", "identity"] | None = None
    oracle: Reference | None = None
    autograd: Autograd | None = None
    simulation: Simulation | None = None


class WrongSpec(Fields):
    """A form that students write or (printed) the lecture notes print, and why it is wrong. It must be refused."""

    formula: Text
    says: Text
    printed: Flag = False


class FormulaSpec(Fields):
    """One formula. formula: an equation, or an expression. forward: the lines that it builds on."""

    name: Text
    symbols: Symbols = Field(default_factory=dict)
    formula: Text
    forward: Text | None = None
    says: str = ""
    source: Text
    course: Course = ()
    check: Annotated[CheckSpec, one_field("word")]
    wrong: tuple[WrongSpec, ...] = ()


class GradientsSpec(Fields):
    """A row of a table of layers. Its gradients are derived from `forward` and compared with autograd.

    The last line of forward is the output y, and the loss is sum(g*y) with g declared by itself; where the output is
    a scalar, it is the loss.
    """

    name: Text
    symbols: Symbols = Field(default_factory=dict)
    forward: Text
    with_respect_to: Annotated[tuple[Name, ...], one_item(), Field(min_length=1)]
    says: str = ""
    source: Text
    course: Course = ()


class FactSpec(Fields):
    """A definition or statement in words, with its source."""

    name: Text
    symbols: Symbols = Field(default_factory=dict)
    text: Text
    source: Text
    course: Course = ()


class ErratumSpec(Fields):
    """What the lecture notes say, what it should be, and why; for what no formula of the sheet can refuse."""

    symbols: Symbols = Field(default_factory=dict)
    printed: Text
    right: Text
    because: Text
    course: Course = ()


class TableSpec(Fields):
    """A table in words and formulas."""

    caption: Text
    symbols: Symbols = Field(default_factory=dict)
    columns: Annotated[tuple[Text, ...], Field(min_length=2)]
    rows: Annotated[tuple[tuple[str, ...], ...], Field(min_length=1)]
    source: Text
    course: Course = ()


class PictureSpec(Fields):
    """A drawing that a function of `solutions` makes. with: its arguments."""

    draw: Reference
    arguments: dict[Name, Any] = Field(default_factory=dict, alias="with")
    caption: Text


class SectionSpec(Fields):
    """A section. symbols: for everything in it. layout: of its formulas, as cards or as rows of a table."""

    title: Text
    text: str = ""
    symbols: Symbols = Field(default_factory=dict)
    layout: Literal["cards", "table"] = "cards"
    formulas: tuple[FormulaSpec, ...] = ()
    gradients: tuple[GradientsSpec, ...] = ()
    facts: tuple[FactSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    pictures: tuple[PictureSpec, ...] = ()
    errata: tuple[ErratumSpec, ...] = ()


class SheetSpec(Fields):
    title: Text
    intro: str = ""
    sections: Annotated[tuple[SectionSpec, ...], Field(min_length=1)]
