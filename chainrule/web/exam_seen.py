"""Exams that were begun, as lists show them: a few queries, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.classes.sittings import endings_of, judged_in, unreadable_in
from chainrule.classes.terms import Terms, late_factor
from chainrule.pages import marks_text, number_text
from chainrule.web.exam_standing import standings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from chainrule.store.records import Exam
    from chainrule.web.exam_standing import Standing
    from chainrule.web.site import Site


@dataclass(frozen=True)
class Seen:
    """An exam with where it stands. marks: '' unless they are shown. broken: it waits, and cannot be read any more."""

    exam: Exam
    at: Standing
    marks: str
    broken: bool


def seen_exams(site: Site, exams: Sequence[Exam], terms: Mapping[str, Terms]) -> Mapping[str, Seen]:
    """What is told of each exam, by its id, in their order. terms: of those that belong to an assignment, as of now."""
    stand = standings(site, exams, terms)
    over = [exam for exam in exams if stand[exam.id].phase == "report"]
    waits = [exam for exam in exams if stand[exam.id].phase in ("open", "grading")]
    with site.store.reading() as connection:
        broken = unreadable_in(connection, waits, site.bank.families)
        marks = _marks(connection, over, terms)
    return {exam.id: Seen(exam, stand[exam.id], marks.get(exam.id, ""), exam.id in broken) for exam in exams}


def _marks(connection: Connection, exams: Sequence[Exam], terms: Mapping[str, Terms]) -> Mapping[str, str]:
    """The marks of exams that are graded as they count by now, after repairs and lateness."""
    ids = [exam.id for exam in exams]
    earned = dict.fromkeys(ids, 0.0)
    for one in judged_in(connection, ids):
        earned[one.item.exam] += one.score * one.attempt.marks
    return {
        id: f"{number_text(earned[id] * _factor(terms.get(id), ending.at))} of {marks_text(ending.possible)}"
        for id, ending in endings_of(connection, ids).items()
    }


def _factor(terms: Terms | None, ended: datetime) -> float:
    return late_factor(terms, ended) if terms else 1.0
