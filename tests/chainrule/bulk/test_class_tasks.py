"""What is judged of a submission: answers and code wherever they stand, and a reason where there is nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chainrule.bulk.intake import submissions
from chainrule.bulk.keys import grader_version, task_key
from chainrule.bulk.records import Judgement, Result, Student, Submitted, Task
from chainrule.bulk.tasks import WAITING, judged, tasks_for
from chainrule.quiz import Quiz
from chainrule.quiz_data import encoded
from chainrule.quizfile import quiz_text
from grader.verdict import Outcome, Verdict
from questions.bank import load_family

SIZE, CODE, OTHER = "convolution.output-size", "layers.log-softmax-code", "layers.temperature-code"
GOOD = "import numpy as np\n\n\ndef log_softmax(z):\n    return z\n"
BETTER = GOOD.replace("return z", "return z - 1")


def drawn(seed: int = 3) -> Quiz:
    families = [load_family(id) for id in (SIZE, CODE)]
    return Quiz("Homework", 0, tuple(family.draw(seed) for family in families if family is not None))


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return drawn()


def answered(quiz: Quiz, size: str = "26", code: str = "") -> str:
    return quiz_text(quiz, {(1, "a"): size, (2, "a"): code})


def notebook(*cells: tuple[str, list[str]]) -> str:
    data = [{"cell_type": "code", "metadata": {"tags": tags}, "source": text, "outputs": []} for text, tags in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": data})


def taken(root: Path, quiz: Quiz, files: dict[str, str | bytes]) -> tuple[list[Task], list[Result]]:
    home = root / "class" / "s1"
    home.mkdir(parents=True)
    for name, text in files.items():
        place = home / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    (one,) = [tasks_for(submitted, quiz) for submitted in submissions(root / "class")]
    assert str(root) not in str(one)
    return one


def outcomes(results: list[Result]) -> list[str]:
    return [result.outcome for result in results]


def test_answers_and_code(tmp_path: Path, quiz: Quiz) -> None:
    tasks, results = taken(tmp_path, quiz, {"answers.yaml": answered(quiz), "mine.py": GOOD})
    size, code = tasks
    variant = quiz.items[0]
    assert (size.family, size.version, size.seed) == (SIZE, variant.version, 3)
    assert (size.drawn, size.part, size.answer) == (encoded(variant.values), "a", "26")
    assert code.answer == GOOD
    assert [(r.number, r.family, r.kind, r.marks, r.outcome, r.key, r.answer, r.file) for r in results] == [
        (1, SIZE, "integer", 1, WAITING, size.key, "26", "answers.yaml"),
        (2, CODE, "code", quiz.items[1].parts[0].marks, WAITING, code.key, GOOD, "mine.py"),
    ]


def test_keys_are_by_content_alone(tmp_path: Path, quiz: Quiz) -> None:
    (first, *_), _ = taken(tmp_path / "a", quiz, {"answers.yaml": answered(quiz)})
    (second, *_), _ = taken(tmp_path / "b", quiz, {"deep/er/other.yml": answered(quiz)})
    assert first == second
    what = {name: getattr(first, name) for name in ("family", "version", "seed", "drawn", "part", "answer")}
    assert task_key(**what) == first.key
    for name in what:
        changed = {**what, name: 4 if name == "seed" else "x"}
        assert task_key(**changed) != first.key
    assert "+" in grader_version()


def test_the_device_is_in_the_key_of_code_that_may_use_it(tmp_path: Path, quiz: Quiz) -> None:
    code = replace(quiz.items[1], parts=(replace(quiz.items[1].parts[0], packages="torch"),))
    torch = Quiz(quiz.title, quiz.seed, (quiz.items[0], code))
    file = tmp_path / "answers.yaml"
    file.write_text(answered(quiz, code=GOOD), encoding="utf-8")
    one = Submitted(Student("s1"), tmp_path, (file,))

    def keys(quiz: Quiz, device: str) -> list[str]:
        return [task.key for task in tasks_for(one, quiz, device)[0]]

    assert keys(quiz, "cpu") == keys(quiz, "cuda")
    (size, on_cpu), (same, on_gpu) = keys(torch, "cpu"), keys(torch, "cuda")
    assert size == same and on_cpu != on_gpu


def test_a_judgement_makes_a_result_whole() -> None:
    waiting = Result("s1", 1, SIZE, "a", "integer", 4, WAITING, 0.0, key="k", answer="26", file="a.yaml")
    verdict = Verdict(Outcome.PARTIAL, 0.5, reading="26", mistake="slip")
    found = judged(waiting, Judgement("k", verdict.to_json(), 0.1))
    assert (found.outcome, found.earned, found.mistake, found.answer, found.file) == (
        "partial",
        2,
        "slip",
        "26",
        "a.yaml",
    )


def test_who_handed_in_nothing(tmp_path: Path, quiz: Quiz) -> None:
    tasks, results = tasks_for(Submitted(Student("s1"), tmp_path, ()), quiz)
    assert (tasks, outcomes(results), [r.problem for r in results]) == ([], ["unanswered"] * 2, ["", ""])


WAYS: dict[str, dict[str, str | bytes]] = {
    "own name": {"anything.py": GOOD},
    "as handed out": {f"{CODE}.py": GOOD},
    "other folder, other letters": {"Week 3/SRC/LOG-SOFTMAX-CODE.PY": GOOD},
    "beside other code": {"util.py": "x = 1\n", "a.py": GOOD},
    "byte order mark and Windows lines": {"a.py": b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()},
    "twice the same": {"a.py": GOOD, "copy/a (1).py": GOOD + "\n"},
    "beside the file to start from": {
        f"{CODE}.py": "import numpy as np\n\n\ndef log_softmax(z):\n    ...\n",
        "a.py": GOOD,
    },
    "named after it beside another": {f"{CODE}-1.py": GOOD, "old.py": BETTER},
    "a notebook's function": {"hw.ipynb": notebook(("import numpy as np", []), ("x = 1", []), (GOOD, []))},
    "a notebook's tag": {"hw.ipynb": notebook((GOOD, [f"chainrule:{CODE}"]), (BETTER, []))},
}


@pytest.mark.parametrize("way", WAYS)
def test_ways_to_hand_in_code(tmp_path: Path, quiz: Quiz, way: str) -> None:
    (task,), results = taken(tmp_path, quiz, WAYS[way])
    assert "return z\n" in task.answer + "\n"
    assert "\r" not in task.answer
    assert outcomes(results) == ["unanswered", WAITING]
    assert results[1].problem == ""


NAMED: dict[str, dict[str, str | bytes]] = {
    "beside": {"my.py": GOOD},
    "another case of letters": {"My.PY": GOOD},
    "another folder": {"code/my.py": GOOD},
    "chosen among several": {"my.py": GOOD, "other.py": BETTER},
}


@pytest.mark.parametrize("case", NAMED)
def test_files_that_a_quiz_file_names(tmp_path: Path, quiz: Quiz, case: str) -> None:
    text = answered(quiz, "", "X").replace('answer: "X"', "answer: {file: my.py}")
    (task,), results = taken(tmp_path, quiz, {"answers.yaml": text, **NAMED[case]})
    assert task.answer == GOOD.rstrip()
    assert results[1].file.lower().endswith("my.py")


def test_a_file_that_is_named_and_not_there(tmp_path: Path, quiz: Quiz) -> None:
    text = answered(quiz, "", "X").replace('answer: "X"', "answer: {file: ../../etc/my.py}")
    _, results = taken(tmp_path, quiz, {"answers.yaml": text})
    assert outcomes(results) == ["unanswered", "unreadable"]
    assert results[1].problem == "answers.yaml names the file '../../etc/my.py', which was not handed in"


PROBLEMS: dict[str, tuple[Callable[[Quiz], dict[str, str | bytes]], list[str], str]] = {
    "two programs": (
        lambda quiz: {"a.py": GOOD, "b/c.py": BETTER},
        ["unanswered", "unreadable"],
        "a.py and b/c.py answer this differently; hand in one answer",
    ),
    "a program and a quiz file": (
        lambda quiz: {"answers.yaml": answered(quiz, "", BETTER), "a.py": GOOD},
        ["unanswered", "unreadable"],
        "answers.yaml and a.py answer this differently; hand in one answer",
    ),
    "untouched": (
        lambda quiz: {f"{CODE}.py": '"""Start."""\n' + quiz.items[1].parts[0].starter},
        ["unanswered", "unanswered"],
        "the file to start from was handed in as it was handed out",
    ),
    "no such function": (
        lambda quiz: {"a.py": "x = 1\n", "b.py": "y = 1\n"},
        ["unanswered", "unanswered"],
        "no file defines `log_softmax`; looked at a.py, b.py",
    ),
    "no UTF-8": (
        lambda quiz: {"a.py": b"\xff\xfe" + GOOD.encode("utf-16-le")},
        ["unanswered", "unreadable"],
        "a.py: not UTF-8 text",
    ),
    "no notebook": (lambda quiz: {"a.ipynb": "{"}, ["unreadable"] * 2, "a.ipynb: not a notebook"),
    "two cells": (
        lambda quiz: {"a.ipynb": notebook((GOOD, []), (BETTER, []))},
        ["unanswered", "unreadable"],
        "a.ipynb: cells 1 and 2 all define `log_softmax`",
    ),
    "broken quiz file": (lambda quiz: {"a.yaml": "quiz: [1\n"}, ["unreadable"] * 2, "a.yaml:"),
    "another file": (
        lambda quiz: {"a.yaml": "x: 1\n"},
        ["unreadable"] * 2,
        "a.yaml: not the quiz file that was handed out",
    ),
    "empty quiz file": (lambda quiz: {"a.yaml": ""}, ["unreadable"] * 2, "a.yaml: the file is empty"),
    "an answer that is a list": (
        lambda quiz: {"a.yaml": answered(quiz, "X").replace('answer: "X"', "answer:\n          - 1")},
        ["unreadable", "unanswered"],
        "a.yaml: an answer is text, or {file: NAME}",
    ),
    "no zip": (lambda quiz: {"hw.zip": "x"}, ["unreadable"] * 2, "hw.zip: not a zip file"),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_problems_are_said(tmp_path: Path, quiz: Quiz, case: str) -> None:
    files, expected, said = PROBLEMS[case]
    tasks, results = taken(tmp_path, quiz, files(quiz))
    assert tasks == []
    assert outcomes(results) == expected
    assert any(said in result.problem for result in results)
    assert all(result.score == 0 for result in results)


def test_two_quiz_files_that_differ(tmp_path: Path, quiz: Quiz) -> None:
    files = {"answers.yaml": answered(quiz, "26", GOOD), "answers (1).yaml": answered(quiz, "27", GOOD)}
    (task,), results = taken(tmp_path, quiz, dict(files))
    assert task.part == "a"
    assert outcomes(results) == ["unreadable", WAITING]
    assert results[0].problem == "answers (1).yaml and answers.yaml answer this differently; hand in one answer"


def test_a_blank_copy_beside_the_answered_file_is_none(tmp_path: Path, quiz: Quiz) -> None:
    tasks, _ = taken(tmp_path, quiz, {"answers.yaml": answered(quiz), "blank.yaml": answered(quiz, "")})
    assert [task.answer for task in tasks] == ["26"]


def test_one_file_that_cannot_be_read_costs_no_other(tmp_path: Path, quiz: Quiz) -> None:
    tasks, results = taken(tmp_path, quiz, {"answers.yaml": answered(quiz), "a.py": b"\xff"})
    assert [task.answer for task in tasks] == ["26"]
    assert outcomes(results) == [WAITING, "unreadable"]
    assert results[1].problem.startswith("a.py: not UTF-8 text")


def test_changed_values_change_nothing(tmp_path: Path, quiz: Quiz) -> None:
    text = answered(quiz).replace(encoded(quiz.items[0].values), encoded({**quiz.items[0].values, "n": 5}))
    assert text != answered(quiz)
    tasks, results = taken(tmp_path, quiz, {"answers.yaml": text})
    assert tasks[0].drawn == encoded(quiz.items[0].values)
    assert results[0].remarks == ("the values in this file were changed; judged by those of the assignment",)


@pytest.mark.parametrize("change", ["seed", "drawn"])
def test_a_changed_seed_alone_changes_nothing(tmp_path: Path, quiz: Quiz, change: str) -> None:
    lines = answered(quiz).split("\n")
    text = "\n".join(line for line in lines if not line.startswith(f"    {change}:"))
    assert len(taken(tmp_path, quiz, {"answers.yaml": text})[0]) == 1


def test_the_form_of_another_student(tmp_path: Path, quiz: Quiz) -> None:
    tasks, results = taken(tmp_path, quiz, {"answers.yaml": answered(drawn(4))})
    assert (tasks, outcomes(results)) == ([], ["unreadable", "unanswered"])
    assert "question 1 is answered for another form; hand in the file that was handed out to you" in results[0].problem


def test_a_question_that_was_changed_since(tmp_path: Path, quiz: Quiz) -> None:
    text = answered(quiz).replace(encoded(quiz.items[0].values), encoded({"n": 5}))
    _, results = taken(tmp_path, quiz, {"answers.yaml": text.replace(quiz.items[0].version, "0" * 12)})
    assert "was changed after this file was handed out" in results[0].problem


def test_the_same_family_twice(tmp_path: Path) -> None:
    family = load_family(SIZE)
    assert family is not None
    quiz = Quiz("Twice", 0, (family.draw(1), family.draw(2)))
    turned = Quiz("Twice", 0, quiz.items[::-1])
    tasks, _ = taken(tmp_path, quiz, {"a.yaml": quiz_text(turned, {(1, "a"): "second", (2, "a"): "first"})})
    assert [(task.seed, task.answer) for task in tasks] == [(1, "first"), (2, "second")]


def test_items_and_parts_that_are_not_asked(tmp_path: Path, quiz: Quiz) -> None:
    text = answered(quiz).replace(f"question: {CODE}", "question: a.b").replace('- id: "a"', '- id: "z"', 1)
    tasks, results = taken(tmp_path, quiz, {"answers.yaml": text})
    assert tasks == []
    assert results[0].problem == "answers.yaml: question 1 has no part 'z'"


def test_halves_of_letters_from_a_notebook_can_be_written(tmp_path: Path, quiz: Quiz) -> None:
    text = notebook((GOOD + "# \ud800", [])).encode()
    (task,), _ = taken(tmp_path, quiz, {"a.ipynb": text})
    assert task.answer.encode()


def test_files_named_after_other_questions_are_theirs(tmp_path: Path) -> None:
    families = [load_family(id) for id in (CODE, OTHER)]
    quiz = Quiz("Two", 0, tuple(family.draw(0) for family in families if family))
    entry = quiz.items[1].parts[0].entry
    both = GOOD + f"\ndef {entry}(*a): return 1\n"
    tasks, _ = taken(tmp_path, quiz, {f"{CODE}.py": GOOD, f"{OTHER}.py": both})
    assert [task.answer for task in tasks] == [GOOD, both]


def test_more_code_than_is_looked_through(tmp_path: Path, quiz: Quiz) -> None:
    much = {f"{n}.py": "x = 1  # " + "x" * 900_000 for n in range(3)}
    tasks, results = taken(tmp_path / "a", quiz, {"zz.py": GOOD, **much})
    assert [task.answer for task in tasks] == [GOOD]  # the small files are looked through all the same
    _, results = taken(tmp_path / "b", quiz, dict(much))
    assert results[1].problem.startswith("more code than is looked through, without 2.py; hand in")


def test_a_notebook_with_more_code_than_is_looked_through(tmp_path: Path, quiz: Quiz) -> None:
    _, results = taken(tmp_path, quiz, {"a.ipynb": notebook((GOOD, []), ("x = 1\n" * 100_000, []))})
    assert results[1].problem == "a.ipynb: more than 500000 letters of code; keep the cells that answer"
