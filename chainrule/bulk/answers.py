"""The answer to each part of a quiz in what a student handed in, or why there is none."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.bulk.code_answers import CodeAnswers
from chainrule.bulk.handed_files import Found, HandedFiles
from chainrule.bulk.notebook_answers import NotebookAnswers
from chainrule.bulk.owners import STRANGER
from chainrule.bulk.quiz_answers import QuizAnswers
from chainrule.bulk.records import Submitted
from chainrule.quizfile import Place
from chainrule.untouched import bare_statements

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Part


def answers_of(submitted: Submitted, quiz: Quiz) -> dict[Place, Found]:
    """What was found for each part of the quiz: in quiz files and notebooks, and for code in other files too."""
    handed = HandedFiles(submitted)
    written = QuizAnswers(handed, quiz)
    cells = NotebookAnswers(handed, quiz)
    code = CodeAnswers(handed, quiz)
    found: dict[Place, Found] = {}
    for number, variant in enumerate(quiz.items, start=1):
        for part in variant.parts:
            place = (number, part.id)
            there = written.of(place)
            if not any(one.chosen for one in there):
                there += code.of(variant, part, beside=cells.files(number)) if part.kind == "code" else []
                there += cells.of(place)
            found[place] = _one(there, part)
    taken = [problem for problem in submitted.problems if problem != STRANGER]
    broken = [*taken[:1], *written.problems, *cells.problems]
    nothing = not submitted.files or not any(one.text for one in found.values())
    return {place: _with_reason(one, broken, nothing=nothing) for place, one in found.items()}


def _one(found: Sequence[Found], part: Part) -> Found:
    """The one answer among these; where two differ, why neither is judged."""
    with_text = list({_alike(one.text, part): one for one in reversed(found) if one.text.strip()}.values())[::-1]
    if len(with_text) == 1:
        return with_text[0]
    if with_text:
        names = list(dict.fromkeys(one.file for one in with_text))
        where = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"two places of {names[0]}"
        problem = f"{where} answer this differently; hand in one answer"
        return Found(file=names[0], problem=problem, unreadable=True)
    with_problem = sorted((one for one in found if one.problem), key=lambda one: not one.unreadable)
    return with_problem[0] if with_problem else Found()


def _alike(text: str, part: Part) -> Hashable:
    """What is the same for texts that answer alike: comments and blanks at the ends of lines count for nothing."""
    if part.kind == "code":
        return tuple(bare_statements(text))
    return tuple(line.rstrip() for line in text.strip().split("\n"))


def _with_reason(found: Found, broken: list[str], *, nothing: bool) -> Found:
    """Where there is no answer and something could not be read, that it could not: the answer may stand there."""
    if found.text.strip() or found.problem or not broken:
        return found
    return replace(found, problem=broken[0], unreadable=nothing)
