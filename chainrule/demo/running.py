"""Runs the demonstration: draws, trains, grades, writes the pages."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.demo.script import Script, load_script
from chainrule.grading import GradedQuiz, grade_quiz
from chainrule.quiz import Quiz, draw_quiz
from chainrule.quizfile import Answered, write_quiz
from chainrule.reports import write_quiz_page, write_report, write_sheet
from questions.sheets import load_sheets

if TYPE_CHECKING:
    from questions.bank import Bank

SHEET = "layers"


@dataclass(frozen=True)
class Demonstration:
    """What came of it. files: those written."""

    graded: GradedQuiz
    files: tuple[Path, ...]


def draw(bank: Bank, script: Script) -> Answered:
    """The quiz of the script with its answers."""
    quiz = draw_quiz(bank, seed=script.seed, families=script.questions)
    number = {id: index for index, id in enumerate(script.questions, start=1)}
    answers = {(number[answer.question], answer.part): answer.answer for answer in script.answers}
    return Answered(replace(quiz, title=script.title), answers)


def run(bank: Bank, out: Path, *, each: Callable[[int, int], None] = lambda done, total: None) -> Demonstration:
    """Draws and grades the quiz of the script and writes its pages into the folder `out`.

    each: called after each part with the number of parts graded, and of all.
    """
    script = load_script()
    answered = draw(bank, script)
    count = itertools.count(1)
    graded = grade_quiz(answered, each=lambda _: each(next(count), len(script.answers)))
    return Demonstration(graded, _write(bank, out, answered, graded))


def _write(bank: Bank, out: Path, answered: Answered, graded: GradedQuiz) -> tuple[Path, ...]:
    quiz: Quiz = answered.quiz
    paths = tuple(out / name for name in ("quiz.yaml", "quiz.html", "report.html", "sheet.html"))
    write_quiz(paths[0], quiz, answered.answers)
    write_quiz_page(paths[1], quiz)
    write_report(paths[2], graded)
    write_sheet(paths[3], bank, load_sheets()[0], SHEET)
    return paths
