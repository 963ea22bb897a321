"""The demonstration: every answer of its file ends as the file says, and the pages are written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from chainrule.demo.running import Demonstration, run
from chainrule.demo.script import Script, ScriptedAnswer, load_script
from chainrule.grading import GradedPart
from questions.bank import load_bank

SCRIPT: Script = load_script()
PLACES = range(len(SCRIPT.answers))


def name(index: int) -> str:
    answer = SCRIPT.answers[index]
    return f"{answer.question}:{answer.part}"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    return run(load_bank(), tmp_path_factory.mktemp("demo"))


@pytest.mark.parametrize("index", PLACES, ids=name)
def test_an_answer_ends_as_its_file_says(index: int, done: Demonstration) -> None:
    graded: GradedPart = done.graded.parts[index]
    expected: ScriptedAnswer = SCRIPT.answers[index]
    assert (graded.variant.family, graded.part.id) == (expected.question, expected.part)
    assert graded.answer == expected.answer
    assert graded.verdict is not None
    assert (graded.outcome, graded.verdict.mistake) == (expected.outcome, expected.mistake), graded.verdict


def test_there_are_twelve_parts_of_every_sort(done: Demonstration) -> None:
    assert len(done.graded.parts) == len(SCRIPT.answers) == 12
    assert Counter(part.outcome for part in done.graded.parts).keys() == {"right", "partial", "wrong", "unreadable"}
    assert {part.part.kind for part in done.graded.parts} >= {"formula", "integer", "number", "choice", "shape", "code"}


def test_code_ran_confined(done: Demonstration) -> None:
    assert all(part.verdict and part.verdict.level for part in done.graded.parts if part.part.kind == "code")


def test_the_pages_are_written(done: Demonstration) -> None:
    assert [path.name for path in done.files] == ["quiz.yaml", "quiz.html", "report.html", "sheet.html"]
    for path in done.files[1:]:
        text = path.read_text(encoding="utf-8")
        assert text.lstrip().lower().startswith("<!doctype html>")
        assert text.rstrip().endswith("</html>")


def test_the_written_quiz_grades_to_the_same(done: Demonstration) -> None:
    from chainrule.grading import grade_quiz
    from chainrule.quizfile import read_quiz

    again = grade_quiz(read_quiz(Path(done.files[0]), load_bank()))
    assert [part.outcome for part in again.parts] == [answer.outcome for answer in SCRIPT.answers]
