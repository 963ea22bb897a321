"""What a revision sheet holds once it is read: sections of formulas, gradients, facts, tables, pictures, errata."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from grader.formula.reading import Formula, Line, Program
from grader.formula.tree import Apply
from questions.document import Document
from questions.document import Path as Place
from questions.prose import Prose
from questions.sheet_schema import CheckSpec

if TYPE_CHECKING:
    from grader.formula.derive import Step
    from solutions.drawings import Drawing


class HasCourse(Protocol):
    """An entry that has a place for ids of the course."""

    @property
    def course(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Origin:
    """Where an entry stands in its file, for faults."""

    document: Document
    place: Place


@dataclass(frozen=True)
class Wrong:
    """A wrong form of a formula and why it is wrong. printed: the lecture notes have it."""

    formula: Formula
    says: Prose
    printed: bool
    origin: Origin = field(repr=False, compare=False)


@dataclass(frozen=True)
class SheetFormula:
    """One formula. program: the lines that it builds on."""

    name: str
    formula: Formula
    program: Program | None
    says: Prose
    source: str
    course: tuple[str, ...]
    check: CheckSpec
    wrong: tuple[Wrong, ...]
    origin: Origin = field(repr=False, compare=False)

    @property
    def given(self) -> tuple[Line, ...]:
        """The lines that it builds on."""
        return self.program.lines if self.program else ()

    @property
    def right_side(self) -> Formula:
        """What a student types for it: the right side of an equation, else the whole."""
        return right_side(self.formula)


@dataclass(frozen=True)
class Gradients:
    """A row of a table of layers. forward: its lines; steps: to the gradients of `wanted`."""

    name: str
    program: Program
    forward: tuple[Line, ...]
    loss: str
    wanted: tuple[str, ...]
    steps: tuple[Step, ...]
    says: Prose
    source: str
    course: tuple[str, ...]
    origin: Origin = field(repr=False, compare=False)


@dataclass(frozen=True)
class Fact:
    """A definition or statement in words."""

    name: str
    text: Prose
    source: str
    course: tuple[str, ...]


@dataclass(frozen=True)
class Erratum:
    """What the lecture notes say, what it should be, and why."""

    printed: Prose
    right: Prose
    because: Prose
    course: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table in words and formulas; every row is as long as `columns`."""

    caption: str
    columns: tuple[Prose, ...]
    rows: tuple[tuple[Prose, ...], ...]
    source: str
    course: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A drawing with its caption."""

    drawing: Drawing
    caption: Prose


@dataclass(frozen=True)
class Section:
    """A section. table: its formulas stand in rows."""

    title: str
    text: Prose
    table: bool
    formulas: tuple[SheetFormula, ...] = ()
    gradients: tuple[Gradients, ...] = ()
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    errata: tuple[Erratum, ...] = ()

    @property
    def course(self) -> frozenset[str]:
        """The ids of the course that have a place in this section."""
        kinds: tuple[tuple[HasCourse, ...], ...] = (self.formulas, self.gradients, self.facts, self.tables, self.errata)
        return frozenset(id for entries in kinds for entry in entries for id in entry.course)


@dataclass(frozen=True)
class Sheet:
    """The revision sheet of one topic."""

    topic: str
    title: str
    intro: Prose
    sections: tuple[Section, ...]
    file: str

    @property
    def formulas(self) -> tuple[SheetFormula, ...]:
        """The formulas of all sections."""
        return tuple(formula for section in self.sections for formula in section.formulas)

    @property
    def gradients(self) -> tuple[Gradients, ...]:
        """The rows of all tables of layers."""
        return tuple(row for section in self.sections for row in section.gradients)


def right_side(formula: Formula) -> Formula:
    """The right side of an equation, the formula itself where it is none."""
    tree = formula.tree
    return replace(formula, tree=tree.args[-1]) if isinstance(tree, Apply) and tree.op == "equation" else formula


def left_side(formula: Formula) -> Formula | None:
    """The left side of an equation, None where it is none."""
    tree = formula.tree
    return replace(formula, tree=tree.args[0]) if isinstance(tree, Apply) and tree.op == "equation" else None
