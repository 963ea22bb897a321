"""Which ids of the course have no place on a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from questions.course import Item
from questions.sheet_entries import Sheet


def without_place(sheets: Iterable[Sheet], course: Iterable[Item]) -> tuple[str, ...]:
    """The ids that no sheet has a place for, in the order of the course."""
    placed = placed_ids(sheets)
    return tuple(item.id for item in course if item.id not in placed)


def placed_ids(sheets: Iterable[Sheet]) -> frozenset[str]:
    """The ids that have a place."""
    return frozenset(id for sheet in sheets for section in sheet.sections for id in section.course)
