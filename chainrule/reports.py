"""Pages as files: a quiz, a graded report, a revision sheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.grading import GradedQuiz
from chainrule.judging import graded_views
from chainrule.pages import quiz_page, report_page
from chainrule.quiz import Quiz
from chainrule.sheets import sheet_html
from chainrule.viewing import question_views

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.sheet_entries import Sheet


def write_quiz_page(path: Path, quiz: Quiz) -> None:
    """Writes the quiz as HTML, to read or to print."""
    files.write(path, quiz_page(quiz.title, question_views(quiz.items)))


def write_report(path: Path, graded: GradedQuiz) -> None:
    """Writes the graded quiz as HTML."""
    files.write(path, report_page(f"{graded.quiz.title}: report", graded_views(graded.parts), lost=graded.lost))


def write_sheet(path: Path, bank: Bank, sheets: Mapping[str, Sheet], topic: str | None = None) -> None:
    """Writes the revision sheet of a topic, or of all topics in one page, as HTML."""
    files.write(path, sheet_html(bank, sheets, topic))
