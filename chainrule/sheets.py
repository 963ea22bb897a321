"""Revision sheets: the formulas of a topic, and one question of each of its families worked through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from chainrule.judging import worked_view
from chainrule.markdown import prose_html
from chainrule.pages import sheet_page
from chainrule.quiz import unknown
from chainrule.viewing import formula_view
from chainrule.views import FormulaView, SectionView, SheetView
from grader.errors import AuthorError
from questions.prose import Prose

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.sheet_entries import Section, Sheet, SheetFormula

SEED = 0  # of the questions worked through


def sheet_html(bank: Bank, sheets: Mapping[str, Sheet], topic: str | None = None, *, seed: int = SEED) -> str:
    """The revision sheet of one topic, or of all, as one HTML page. Raises AuthorError for an unknown topic."""
    topics = bank.topics()
    if topic is not None and topic not in topics:
        raise AuthorError(unknown("topic", topic, list(topics)))
    chosen = [topic] if topic is not None else list(topics)
    variants = [bank.family(id).draw(seed) for name in chosen for id in topics[name][1]]
    views = [_view(name, topics[name][0], sheets.get(name)) for name in chosen]
    worked = [worked_view(number, variant) for number, variant in enumerate(variants, start=1)]
    return sheet_page(views[0] if len(views) == 1 else _together(views), worked)


def _together(views: Sequence[SheetView]) -> SheetView:
    """One sheet of several topics; each section says whose it is."""
    sections = tuple(
        SectionView(f"{view.title}: {section.title}", section.text, section.formulas)
        for view in views
        for section in view.sections
    )
    return SheetView(", ".join(view.topic for view in views), "All topics", prose_html(Prose()), sections)


def _view(topic: str, title: str, sheet: Sheet | None) -> SheetView:
    """The topic's sheet; a topic without one has its worked questions only."""
    if sheet is None:
        return SheetView(topic, title, prose_html(Prose()))
    return SheetView(
        topic, sheet.title, prose_html(sheet.intro), tuple(_section(section) for section in sheet.sections)
    )


def _section(section: Section) -> SectionView:
    return SectionView(
        section.title, prose_html(section.text), tuple(_formula(formula) for formula in section.formulas)
    )


def _formula(entry: SheetFormula) -> FormulaView:
    return formula_view(entry.name, entry.formula, given=entry.given, note=entry.says, checked="", source=entry.source)
