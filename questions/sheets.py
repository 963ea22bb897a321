"""Revision sheets: the formulas of a topic, each checked by a second road. One file a topic, `sheets/<topic>.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field

from grader.formula.cases import sample_cases
from grader.formula.reading import Formula, Line, Program, evaluate
from grader.formula.tree import Apply
from questions.bank import SHEETS, shipped_folder, shown_path
from questions.context import Context, make_context, parsed
from questions.document import Document
from questions.document import Path as Place
from questions.draws import Drawn
from questions.faults import Fault, FaultError
from questions.fields import Fields, OneKind, Text, one_field, one_item
from questions.prose import Prose
from questions.roads import POINTS, Road, disagreement
from questions.schema import Autograd, OracleSpec
from questions.schema_symbols import Reference, Symbols
from questions.strict_yaml import load
from questions.validation import validated


class CheckSpec(OneKind):
    """How a formula is checked: a function of `solutions`, autograd over `forward`, or `definition`: there is none."""

    kinds: ClassVar[tuple[str, ...]] = ("word", "oracle", "autograd")
    word: Annotated[str, Field(pattern=r"^definition$")] | None = None
    oracle: Reference | None = None
    autograd: Autograd | None = None


class FormulaSpec(Fields):
    """One formula of a sheet. formula: an equation, or an expression. forward: the lines that it builds on."""

    name: Text
    symbols: Symbols = Field(default_factory=dict)
    formula: Text
    forward: Text | None = None
    says: str = ""
    source: Text
    course: Annotated[tuple[Text, ...], one_item()] = ()
    check: Annotated[CheckSpec, one_field("word")]


class SectionSpec(Fields):
    title: Text
    text: str = ""
    formulas: tuple[FormulaSpec, ...] = ()


class SheetSpec(Fields):
    title: Text
    intro: str = ""
    sections: Annotated[tuple[SectionSpec, ...], Field(min_length=1)]


@dataclass(frozen=True)
class SheetFormula:
    """One formula. given: the lines that it builds on; checked: how it was verified, '' for a definition."""

    name: str
    formula: Formula
    given: tuple[Line, ...]
    says: Prose
    source: str
    course: tuple[str, ...]
    checked: str
    road: Road | None = field(default=None, repr=False, compare=False)

    @property
    def right_side(self) -> Formula:
        """What a student types for it: the right side of an equation, else the whole."""
        tree = self.formula.tree
        is_equation = isinstance(tree, Apply) and tree.op == "equation"
        return replace(self.formula, tree=tree.args[-1]) if is_equation and isinstance(tree, Apply) else self.formula


@dataclass(frozen=True)
class Section:
    title: str
    text: Prose
    formulas: tuple[SheetFormula, ...]


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


def load_sheets(folders: Sequence[Path] | None = None) -> tuple[dict[str, Sheet], tuple[Fault, ...]]:
    """The sheets under `folders` (each `sheets/<topic>.yaml`) by topic, and the faults of those that are wrong."""
    sheets: dict[str, Sheet] = {}
    faults: list[Fault] = []
    for folder in folders if folders is not None else [shipped_folder()]:
        for path in sorted((Path(folder) / SHEETS).glob("*.yaml")):
            try:
                sheets[path.stem] = read_sheet(path)
            except FaultError as error:
                faults += error.faults
    return sheets, tuple(faults)


def read_sheet(path: Path) -> Sheet:
    """The sheet in a file. Raises `FaultError`, which names file, line and column."""
    file = shown_path(path)
    try:
        document = load(path.read_text(encoding="utf-8"), file)
    except (OSError, UnicodeDecodeError) as error:
        raise FaultError([Fault(file, 0, 0, f"cannot be read as UTF-8 text: {error}")]) from None
    spec = validated(SheetSpec, document)
    sections = tuple(_section(document, section, ("sections", i)) for i, section in enumerate(spec.sections))
    return Sheet(path.stem, spec.title, _prose(document, spec.intro, ("intro",)), sections, file)


def check_sheet(sheet: Sheet) -> tuple[Fault, ...]:
    """What is wrong with the formulas of a sheet, by their second road; a definition need only be finite somewhere."""
    return tuple(fault for formula in sheet.formulas for fault in _check(formula))


def _section(document: Document, spec: SectionSpec, path: Place) -> Section:
    formulas = tuple(_formula(document, one, (*path, "formulas", i)) for i, one in enumerate(spec.formulas))
    return Section(spec.title, _prose(document, spec.text, (*path, "text")), formulas)


def _prose(document: Document, text: str, path: Place) -> Prose:
    return _context(document, {}, text, path).prose(path) if text else Prose()


def _context(document: Document, symbols: Symbols, text: str, path: Place) -> Context:
    templates = {path: parsed(document, path, text)} if text else {}
    return make_context(document, Drawn(), symbols, {}, {}, templates)


def _formula(document: Document, spec: FormulaSpec, path: Place) -> SheetFormula:
    context = _context(document, spec.symbols, spec.says, (*path, "says"))
    if spec.forward is not None:
        context = context.with_program(spec.forward, (*path, "forward"))
    given = context.program.lines if context.program else ()
    return SheetFormula(
        name=spec.name,
        formula=context.display(spec.formula, (*path, "formula"), 0),
        given=given,
        says=context.prose((*path, "says")) if spec.says else Prose(),
        source=spec.source,
        course=spec.course,
        checked=_how(spec.check),
        road=_road(document, spec.check, context.program, (*path, "check")),
    )


def _how(check: CheckSpec) -> str:
    if check.oracle is not None:
        return "Compared with a PyTorch reference at random points."
    return "Compared with automatic differentiation at random points." if check.autograd is not None else ""


def _road(document: Document, check: CheckSpec, program: Program | None, path: Place) -> Road:
    """The oracle of a formula; for a definition one that is never asked, which knows the place."""
    oracle = OracleSpec.model_construct(function=check.oracle, autograd=check.autograd)
    return Road(oracle, Drawn(), program, document, path)


def _check(entry: SheetFormula) -> list[Fault]:
    road, formula = entry.road, entry.right_side
    assert road is not None
    place = (*road.path[:-1], "formula")
    try:
        if not entry.checked:
            cases = sample_cases(formula.scope, seed="sheet", points=POINTS)
            finite = any(np.isfinite(evaluate(formula, case)).all() for case in cases)  # inv(X.T @ X) wants N >= D
            return [] if finite else [road.document.fault(place, f"{entry.name}: not finite on any case")]
        found = disagreement(formula, road)
    except FaultError as error:
        return list(error.faults)
    except KeyError as error:
        return [road.document.fault(place, f"{entry.name}: {error} has no value; declare it or give it in `forward`")]
    if found is None:
        return []
    compared = f": expected {found.got}, printed gives {found.expected}" if found.got else ""
    return [road.document.fault(place, f"{entry.name}: {found.what}{compared}")]
