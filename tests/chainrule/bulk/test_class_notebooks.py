"""Notebooks in class work: handed out, filled in, taken in by the rules of quiz files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from chainrule.bulk.intake import submissions
from chainrule.bulk.records import Result, Task
from chainrule.bulk.tasks import WAITING, tasks_for
from chainrule.publishing.handed_notebook import handed_notebook
from chainrule.quiz import Quiz
from chainrule.quiz_data import encoded
from chainrule.quizfile import quiz_text
from questions.bank import load_family

SIZE, FORMULA, CODE = "convolution.output-size", "layers.softmax-cross-entropy", "layers.log-softmax-code"
PARTS = "convolution.residual-projection"
GOOD = "import numpy as np\n\n\ndef log_softmax(z):\n    return z\n"
Cells = dict[str, Any]
ANSWERS = {"1:a": "26", "2:a": "softmax(z) - t", "4:shape": "(1, 2)", "4:why": "a"}


def drawn(seed: int = 3, *ids: str) -> Quiz:
    families = [load_family(id) for id in ids or (SIZE, FORMULA, CODE, PARTS)]
    return Quiz("Homework", 0, tuple(family.draw(seed) for family in families if family is not None))


@pytest.fixture(scope="module")
def quiz() -> Quiz:
    return drawn()


def filled(quiz: Quiz, answers: Mapping[str, str], *, sealed: bool = False) -> Cells:
    """The handed out notebook with these answers by the place of their part."""
    data: Cells = json.loads(handed_notebook(quiz, "Ada", sealed=sealed))
    for place, text in answers.items():
        cell = cell_of(data, place)
        code = "def " in text
        cell["source"] = text if code else "".join(cell["source"]).replace("\n\n", f"\n{text}\n")
    return data


def cell_of(data: Cells, place: str) -> Cells:
    (cell,) = [one for one in data["cells"] if f"chainrule:{place}" in one["metadata"].get("tags", [])]
    found: Cells = cell
    return found


def extra(data: Cells, source: str, *tags: str, at: int | None = None, kind: str = "code") -> Cells:
    cell = {"cell_type": kind, "metadata": {"tags": list(tags)}, "source": source, "outputs": []}
    data["cells"].insert(len(data["cells"]) if at is None else at, cell)
    return data


def taken(root: Path, quiz: Quiz, files: Mapping[str, Cells | str]) -> tuple[dict[str, Task], dict[str, Result]]:
    """Tasks and results by place."""
    home = root / "class" / "s1"
    home.mkdir(parents=True)
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (home / name).write_text(text, encoding="utf-8")
    ((tasks, results),) = [tasks_for(one, quiz) for one in submissions(root / "class")]
    by_key = {task.key: task for task in tasks}
    found = {f"{one.number}:{one.part}": one for one in results}
    return {place: by_key[one.key] for place, one in found.items() if one.outcome == WAITING}, found


def answers_in(tasks: Mapping[str, Task]) -> dict[str, str]:
    return {place: task.answer for place, task in tasks.items()}


@pytest.mark.parametrize("sealed", [True, False])
def test_answers_of_every_kind_come_back(tmp_path: Path, quiz: Quiz, sealed: bool) -> None:
    data = filled(quiz, {**ANSWERS, "3:a": GOOD}, sealed=sealed)
    tasks, results = taken(tmp_path, quiz, {"work.ipynb": data, "answers.yaml": quiz_text(quiz, {})})
    assert answers_in(tasks) == {**ANSWERS, "3:a": GOOD}
    assert {one.file for one in results.values() if one.outcome == WAITING} == {"work.ipynb"}
    assert results["4:parameters"].outcome == "unanswered" and not results["4:parameters"].problem
    assert results["3:a"].remarks[0].startswith("Taken from cell ")


def test_what_is_handed_out_is_a_notebook(quiz: Quiz) -> None:
    nbformat = pytest.importorskip("nbformat")
    text = handed_notebook(quiz, "Ada *L* <b>", sealed=True)
    found = nbformat.reads(text, as_version=4)
    nbformat.validate(found)
    assert r"For Ada \*L\* \<b\>." in found.cells[0].source


def test_a_sealed_notebook_tells_no_seed(quiz: Quiz) -> None:
    text = handed_notebook(drawn(987654321), "Ada", sealed=True)
    assert "seed" not in text and "987654321" not in text and "drawn" not in text
    assert all(encoded(item.values) not in text for item in drawn(987654321).items if item.values)
    assert "987654321" in handed_notebook(drawn(987654321), "Ada", sealed=False)


@pytest.mark.parametrize("sealed", [True, False])
def test_the_notebook_of_another_student_is_told_as_such(tmp_path: Path, quiz: Quiz, sealed: bool) -> None:
    data = filled(drawn(4), {**ANSWERS, "3:a": GOOD}, sealed=sealed)
    tasks, results = taken(tmp_path, quiz, {"work.ipynb": data})
    assert set(tasks) == (set() if sealed else {"3:a"})  # where nothing is drawn, the values say that it is the same
    told = "work.ipynb: question 1 is answered for another form; hand in the file that was handed out to you"
    assert results["1:a"].problem == told and results["1:a"].outcome == "unreadable"


def test_what_was_not_touched_is_no_answer_and_no_conflict(tmp_path: Path, quiz: Quiz) -> None:
    blank = filled(quiz, {})
    starter = f'"""Start."""\n{quiz.items[2].parts[0].starter}\n'
    _, results = taken(tmp_path / "a", quiz, {"work.ipynb": blank})
    assert {one.outcome for one in results.values()} == {"unanswered"}
    assert results["3:a"].problem == "in work.ipynb `log_softmax` is missing, or as it was handed out"
    files: dict[str, Cells | str] = {
        "work.ipynb": blank,
        "answers.yaml": quiz_text(quiz, {(1, "a"): "26"}),
        f"{CODE}.py": GOOD,
    }
    assert set(taken(tmp_path / "b", quiz, files)[0]) == {"1:a", "3:a"}
    files = {"work.ipynb": filled(quiz, {"3:a": GOOD}), f"{CODE}.py": starter}
    assert set(taken(tmp_path / "c", quiz, files)[0]) == {"3:a"}
    files["answers.yaml"] = quiz_text(quiz, {}).replace(
        "...\n        answer:", f"...\n        answer: {{file: {CODE}.py}}"
    )
    assert CODE + ".py}" in files["answers.yaml"]
    assert taken(tmp_path / "d", quiz, files)[1]["3:a"].file == "work.ipynb"


def test_two_places_that_answer_differently_are_refused(tmp_path: Path, quiz: Quiz) -> None:
    data = filled(quiz, {"1:a": "26", "2:a": "t", "3:a": GOOD})
    other = {"answers.yaml": quiz_text(quiz, {(1, "a"): "27"}), "mine.py": GOOD.replace("return z", "return z - 1")}
    tasks, results = taken(tmp_path / "a", quiz, {"work.ipynb": data, **other})
    assert set(tasks) == {"2:a"}
    assert results["1:a"].problem == "answers.yaml and work.ipynb answer this differently; hand in one answer"
    assert results["3:a"].problem == "mine.py and work.ipynb answer this differently; hand in one answer"
    same = {"answers.yaml": quiz_text(quiz, {(1, "a"): "26 "}), "mine.py": f'"""Start."""\n\n{GOOD}  # done\n'}
    assert set(taken(tmp_path / "b", quiz, {"work.ipynb": data, **same})[0]) == {"1:a", "2:a", "3:a"}


def without_metadata(data: Cells) -> Cells:
    return {**data, "metadata": {}}


def without_tags(data: Cells) -> Cells:
    return {**data, "cells": [{**cell, "metadata": {}} for cell in data["cells"]]}


def without_both(data: Cells) -> Cells:
    return without_metadata(without_tags(data))


def as_prose(data: Cells) -> Cells:
    cell_of(data, "1:a")["cell_type"] = "markdown"
    return data


def in_cells_of_their_own(data: Cells) -> Cells:
    extra(data, cell_of(data, "3:a")["source"])
    extra(data, cell_of(data, "1:a")["source"])
    cell_of(data, "1:a")["source"] = 'answer_1 = r"""\n\n"""'
    cell_of(data, "3:a")["source"] = "import numpy as np\n\n\ndef log_softmax(z):\n    ...\n"
    return data


def import_above(data: Cells) -> Cells:
    cell_of(data, "3:a")["source"] = GOOD.removeprefix("import numpy as np\n\n\n").replace("z\n", "np.exp(z)\n")
    return extra(data, "import numpy as np\nimport os", at=0)


def published(data: Cells) -> Cells:
    return extra(data, 'check("convolution.output-size", 3, "a", answer_1)', "chainrule-check")


def merged(data: Cells) -> Cells:
    second = cell_of(data, "2:a")
    cell_of(data, "1:a")["source"] += f"\n\n{second['source']}"
    data["cells"].remove(second)
    return data


@pytest.mark.parametrize(
    "change",
    [without_metadata, without_tags, without_both, as_prose, in_cells_of_their_own, import_above, published, merged],
)
def test_what_editors_and_people_do_to_notebooks(tmp_path: Path, quiz: Quiz, change: Callable[[Cells], Cells]) -> None:
    tasks, _ = taken(tmp_path, quiz, {"work.ipynb": change(filled(quiz, {"1:a": "26", "2:a": "t", "3:a": GOOD}))})
    assert (tasks["1:a"].answer, tasks["2:a"].answer) == ("26", "t")
    assert set(tasks) == {"1:a", "2:a", "3:a"}
    assert tasks["3:a"].answer.startswith("import numpy as np\n") and "return" in tasks["3:a"].answer


def test_two_cells_that_differ_are_told(tmp_path: Path, quiz: Quiz) -> None:
    data = filled(quiz, {"1:a": "26", "3:a": GOOD})
    extra(data, "answer_1 = 27", "chainrule:1:a")
    extra(data, GOOD.replace("return z", "return 0"), "chainrule:3:a")
    tasks, results = taken(tmp_path, quiz, {"work.ipynb": data})
    assert tasks == {}
    assert results["1:a"].problem.startswith("work.ipynb: cells 3 and ")
    assert results["1:a"].problem.endswith(" answer this differently; keep one answer")
    assert results["3:a"].problem.endswith(" all define `log_softmax`; keep one")


def test_helpers_of_the_same_tag_are_taken_along_and_a_sentence_stays_short(tmp_path: Path, quiz: Quiz) -> None:
    data = filled(quiz, {"3:a": GOOD})
    extra(data, "def helper(x):\n    return x", "chainrule:3:a", at=0)
    (task,) = taken(tmp_path / "a", quiz, {"work.ipynb": data})[0].values()
    assert task.answer == f"def helper(x):\n    return x\n\n{GOOD}"
    for number in range(500):
        extra(data, GOOD.replace("return z", f"return {number}"), "chainrule:3:a")
    _, results = taken(tmp_path / "b", quiz, {"work.ipynb": data})
    assert results["3:a"].problem.endswith(" and 491 more all define `log_softmax`; keep one")


def test_a_function_that_is_not_taken_along_is_told(tmp_path: Path, quiz: Quiz) -> None:
    data = filled(quiz, {"3:a": GOOD.replace("return z", "return np.shift(z) + helper(z)")})
    extra(data, "def helper(x):\n    return x\n\ndef shift(x):\n    return x", at=0)
    _, results = taken(tmp_path, quiz, {"work.ipynb": data})
    told = "`helper` of cell 1 is not taken along; what an answer calls belongs into its cell."
    assert results["3:a"].remarks[1:] == (told,)


def test_the_same_function_asked_twice_is_answered_twice(tmp_path: Path) -> None:
    quiz = drawn(3, CODE, CODE)
    codes = {"1:a": GOOD, "2:a": GOOD.replace("return z", "return 2*z")}
    tasks, _ = taken(tmp_path / "a", quiz, {"work.ipynb": filled(quiz, codes)})
    assert answers_in(tasks) == codes
    tasks, results = taken(tmp_path / "b", quiz, {"work.ipynb": filled(quiz, {"1:a": GOOD})})
    assert set(tasks) == {"1:a"} and results["2:a"].outcome == "unanswered"


def test_notebooks_of_other_questions_and_changed_values(tmp_path: Path, quiz: Quiz) -> None:
    _, results = taken(tmp_path / "a", quiz, {"work.ipynb": filled(drawn(3, PARTS), {"1:shape": "(1, 2)"})})
    assert results["4:shape"].outcome == WAITING
    data = filled(quiz, {"1:a": "26"})
    data["metadata"]["chainrule"]["items"][0] |= {"drawn": "e30=", "parts": 7}
    tasks, results = taken(tmp_path / "b", quiz, {"work.ipynb": data})
    assert tasks["1:a"].drawn == encoded(quiz.items[0].values)
    assert "were changed" in results["1:a"].remarks[-1]
    data["metadata"]["chainrule"]["items"] = [{"question": "a.b"}, 7]
    _, results = taken(tmp_path / "c", quiz, {"work.ipynb": data})
    assert results["1:a"].problem == "work.ipynb: 'a.b' is no question of this assignment"


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


DAMAGED = {
    "half": lambda text: text[: len(text) // 2],
    "deep": lambda text: text.replace('"nbformat": 4', f'"nbformat": 4, "x": {deep(100_000)}', 1),
    "many": lambda text: text.replace('"nbformat": 4', f'"nbformat": 4, "x": [{"{}," * 1_000_000}1]', 1),
    "cells": lambda text: text.replace('"cell_type": "code"', '"cell_type": null'),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_notebook_costs_no_other_file(tmp_path: Path, quiz: Quiz, how: str) -> None:
    text = DAMAGED[how](json.dumps(filled(quiz, {"1:a": "26", "2:a": "t"})))
    tasks, results = taken(tmp_path / "a", quiz, {"work.ipynb": text})
    assert tasks == {}
    assert {one.outcome for one in results.values()} == {"unreadable"}
    assert all(one.problem.startswith("work.ipynb: ") for one in results.values())
    files = {"work.ipynb": text, "answers.yaml": quiz_text(quiz, {(1, "a"): "27"})}
    assert answers_in(taken(tmp_path / "b", quiz, files)[0]) == {"1:a": "27"}


def test_odd_metadata_do_no_harm(tmp_path: Path, quiz: Quiz) -> None:
    text = json.dumps(filled(quiz, {"1:a": "26"}))
    shallow = deep(700)  # can be read and not be shown
    for place, old in enumerate((f'"question": "{SIZE}"', '"seed": 3', '"id": "a"', '"quiz": 1')):
        name = old.split(":")[0]
        taken(tmp_path / str(place), quiz, {"work.ipynb": text.replace(old, f"{name}: {shallow}")})
    data = filled(quiz, {})
    data["metadata"]["chainrule"]["items"] = [{"question": f"a.{n}"} for n in range(5000)]
    _, results = taken(tmp_path / "many", quiz, {"a.ipynb": data})
    assert results["1:a"].problem == "a.ipynb: more than 1000 questions; only these are looked at"


@pytest.mark.parametrize("source", ["\n" * 400_000, "a = b" + " " * 400_000 + "x", 'answer_1 = r"""' + "'" * 400_000])
def test_long_cells_are_read_in_time(tmp_path: Path, quiz: Quiz, source: str) -> None:
    data = filled(quiz, {"2:a": "t"})
    cell_of(data, "1:a")["source"] = source
    assert taken(tmp_path, quiz, {"work.ipynb": data})[0]["2:a"].answer == "t"
