"""The index of many sheets: what stands where."""

from __future__ import annotations

from collections.abc import Sequence

from chainrule.sheet_views import EntryView, IndexedView, SectionView, SheetView
from chainrule.views import WorkedView
from chainrule.words import words


def indexed(sheet: SheetView, worked: Sequence[WorkedView], file: str, language: str) -> IndexedView:
    """A sheet's part of the index. file: where it lies beside the index."""
    sections = [(_entry(s.title, file, s.anchor), _entries(s, file)) for s in sheet.sections]
    if worked:
        asked = [_entry(item.question.title, file, f"question-{item.question.number}") for item in worked]
        sections.append((_entry(words(language)["worked"], file, "worked-questions"), tuple(asked)))
    count = sum(len(section.formulas) + len(section.gradients) for section in sheet.sections)
    return IndexedView(sheet.title, file, count, len(worked), tuple(sections))


def _entries(section: SectionView, file: str) -> tuple[EntryView, ...]:
    found = [_entry(e.name, file, e.anchor) for e in section.formulas]
    found += [_entry(row.name, file, row.anchor) for row in section.gradients]
    found += [_entry(table.caption, file, table.anchor) for table in section.tables]
    found += [_entry(fact.name, file, fact.anchor) for fact in section.facts]
    return tuple(found)


def _entry(text: str, file: str, anchor: str) -> EntryView:
    return EntryView(text, f"{file}#{anchor}")
