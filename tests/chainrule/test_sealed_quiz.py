"""Sealed quizzes: nothing in the file or the notebook by which the items can be drawn again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chainrule.bulk.intake import submissions
from chainrule.bulk.tasks import tasks_for
from chainrule.publishing.handed_notebook import handed_notebook
from chainrule.quiz import Quiz
from chainrule.quiz_data import encoded, form_mark
from chainrule.quizfile import quiz_text
from questions.bank import load_family
from questions.strict_yaml import load

SIZE, CODE, PARTS = "convolution.output-size", "layers.log-softmax-code", "convolution.residual-projection"


def drawn(*ids: str, seed: int = 987654321) -> Quiz:
    families = [load_family(id) for id in ids]
    return Quiz("Homework", 135792468, tuple(family.draw(seed) for family in families if family is not None))


def file(quiz: Quiz, *, sealed: bool) -> tuple[str, Any]:
    text = quiz_text(quiz, {}, sealed=sealed)
    return text, load(text, "quiz").data


def notebook(quiz: Quiz, *, sealed: bool) -> tuple[str, Any]:
    text = handed_notebook(quiz, "Ada", sealed=sealed)
    return text, json.loads(text)["metadata"]["chainrule"]


@pytest.mark.parametrize("written", [file, notebook])
def test_what_a_sealed_quiz_holds_is_listed_here(written: Any) -> None:
    quiz = drawn(SIZE, CODE, PARTS)
    (text, sealed), (told, whole) = written(quiz, sealed=True), written(quiz, sealed=False)
    assert set(sealed) == {"quiz", "title", "form", "items"}
    assert all(set(item) == {"question", "version", "parts"} for item in sealed["items"])
    assert [item["parts"] for item in sealed["items"]] == [item["parts"] for item in whole["items"]]
    private = ["seed", "drawn", str(quiz.seed), str(quiz.items[0].seed)]
    private += [encoded(item.values) for item in quiz.items if item.values]
    assert len(private) > 5
    assert not [one for one in private if one in text]
    assert [one for one in private if one in told] == private


def test_a_form_of_digits_alone_is_known_as_the_students_own(tmp_path: Path) -> None:
    quiz = drawn(SIZE, seed=547)
    assert form_mark(quiz).isdigit(), "take another seed: unquoted, this form would be read as a number"
    folder = tmp_path / "class" / "s1"
    folder.mkdir(parents=True)
    text = quiz_text(quiz, {(1, "a"): "26"}, sealed=True)
    (folder / "answers.yaml").write_text(text, encoding="utf-8")
    ((tasks, _),) = [tasks_for(one, quiz) for one in submissions(tmp_path / "class")]
    assert [task.answer for task in tasks] == ["26"]
