"""Views of revision sheets: what a sheet holds in, what the templates show out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.markdown import inline_html, prose_html
from chainrule.mathml import drawn, formula_html
from chainrule.pictures import picture_svg
from chainrule.sheet_views import (
    ErratumView,
    FactView,
    FormulaView,
    GradientsView,
    PictureView,
    SectionView,
    SheetView,
    TableView,
    WrongView,
)
from chainrule.viewing import step_views, symbol_view, used_symbols
from chainrule.views import SymbolView
from chainrule.wording import domain_text
from grader.formula.latex import name_latex
from grader.formula.reading import Formula, Line
from grader.formula.symbols import Shape
from grader.formula.tree import Variable
from questions.sheet_entries import left_side

if TYPE_CHECKING:
    from grader.formula.derive import Step
    from questions.sheet_entries import Gradients, Section, Sheet, SheetFormula, Wrong

NONE: Mapping[str, Shape] = MappingProxyType({})
SPOKEN = MappingProxyType({"integer": "whole", "interval": ""})
UNSPOKEN = re.compile(r"[^a-z0-9]+")


class Anchors:
    """Names for addresses within one page: each is given out once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def reserve(self, *names: str) -> None:
        """Names that the page itself has."""
        self._given.update(names)

    def of(self, text: str) -> str:
        """The text in lower-case letters and hyphens, numbered where it comes again."""
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = UNSPOKEN.sub("-", plain).strip("-") or "entry"
        numbered = (f"{slug}-{number}" for number in count(2))
        name = next(name for name in chain([slug], numbered) if name not in self._given)
        self._given.add(name)
        return name


def sheet_view(sheet: Sheet, anchors: Anchors) -> SheetView:
    """The whole sheet."""
    sections = tuple(section_view(section, anchors) for section in sheet.sections)
    return SheetView(sheet.topic, sheet.title, prose_html(sheet.intro), sections)


def section_view(section: Section, anchors: Anchors) -> SectionView:
    """A section with all that is in it."""
    return SectionView(
        title=section.title,
        text=prose_html(section.text),
        formulas=tuple(formula_view(entry, anchors) for entry in section.formulas),
        table=section.table,
        gradients=tuple(gradients_view(row, anchors) for row in section.gradients),
        facts=tuple(
            FactView(fact.name, prose_html(fact.text), fact.source, anchors.of(fact.name)) for fact in section.facts
        ),
        tables=tuple(
            TableView(
                caption=table.caption,
                columns=tuple(map(inline_html, table.columns)),
                rows=tuple(tuple(map(inline_html, row)) for row in table.rows),
                source=table.source,
                anchor=anchors.of(table.caption),
            )
            for table in section.tables
        ),
        pictures=tuple(PictureView(picture_svg(one.drawing), inline_html(one.caption)) for one in section.pictures),
        errata=tuple(
            ErratumView(*(inline_html(text) for text in (one.printed, one.right, one.because)))
            for one in section.errata
        ),
        anchor=anchors.of(section.title),
    )


def formula_view(entry: SheetFormula, anchors: Anchors) -> FormulaView:
    """A formula; it lists the symbols that occur. Of an equation, the right side is typed."""
    check = entry.check
    return FormulaView(
        name=entry.name,
        formula=formula_html(entry.formula, display=True),
        text=entry.right_side.text(),
        symbols=_symbols([entry.formula, *(line.formula for line in entry.given)], _defined(entry)),
        given=_lines(entry.given),
        note=prose_html(entry.says),
        checked=check.word or check.kind,
        within=f"{100 * check.simulation.within:g}" if check.simulation else "",
        source=entry.source,
        wrong=tuple(map(_wrong, entry.wrong)),
        anchor=anchors.of(entry.name),
    )


def gradients_view(row: Gradients, anchors: Anchors) -> GradientsView:
    """A row of a table of layers: its lines, and the derived gradients."""
    used = _symbols([*(step.formula for step in row.steps), *(line.formula for line in row.forward)])
    return GradientsView(
        name=row.name,
        forward=_lines(row.forward),
        backward=tuple(
            _gradient(row.loss, step.of, step.formula) if step.of in row.wanted else _named(step) for step in row.steps
        ),
        symbols=used,
        note=prose_html(row.says),
        source=row.source,
        anchor=anchors.of(row.name),
    )


def _symbols(formulas: Sequence[Formula], defined: Mapping[str, Shape] = NONE) -> tuple[SymbolView, ...]:
    """The symbols; bounds of a range are left out, since on a sheet they only say where it was checked."""
    found = (replace(symbol, shape=defined.get(symbol.name, symbol.shape)) for symbol in used_symbols(formulas))
    return tuple(replace(symbol_view(s), domain=SPOKEN.get(s.domain.kind, domain_text(s))) for s in found)


def _defined(entry: SheetFormula) -> dict[str, Shape]:
    """The name that the formula defines, with the shape of what it is: nobody need declare it."""
    left = left_side(entry.formula)
    if left is None or not isinstance(left.tree, Variable):
        return {}
    return {left.tree.name: entry.right_side.shape}


def _gradient(loss: str, of: str, formula: Formula) -> Markup:
    """`∂L/∂x = ...` as MathML."""
    left = rf"\frac{{\partial {name_latex(loss)}}}{{\partial {name_latex(of)}}}"
    return drawn(f"{left} = {formula.latex()}", f"∂{loss}/∂{of} = {formula.unicode()}", display=True)


def _named(step: Step) -> Markup:
    """A gradient on the way, by the name that the lines after it use."""
    return _lines([Line(step.name, step.formula)])[0]


def _lines(lines: Sequence[Line]) -> tuple[Markup, ...]:
    return tuple(step.formula for step in step_views(lines))


def _wrong(wrong: Wrong) -> WrongView:
    return WrongView(formula_html(wrong.formula), inline_html(wrong.says), wrong.printed)
