"""Notebooks: valid, run with their checks, and graded afterwards."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from published import bank, chosen, few, quiz_file, small_bank

from chainrule.cell_answers import quoted
from chainrule.cli import run
from chainrule.grading import grade_quiz
from chainrule.notebook_checks import check, code_of
from chainrule.publishing.chosen import Chosen
from chainrule.publishing.notebook import notebook
from chainrule.publishing.notebook_prose import prose_markdown
from chainrule.quiz import Quiz
from chainrule.quizfile import read_quiz

QUICK = ("convolution.output-size@7", "layers.softmax-cross-entropy@1", "layers.softmax-backward@7")


def made(questions: Chosen, **options: bool) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(notebook(questions, **options).content)
    return data


def answered(questions: Chosen, answers: dict[str, str] | None = None) -> dict[str, Any]:
    """The notebook with right answers, or with these by the label of the part."""
    data = made(questions)
    by_tag = {f"chainrule:{asked.number}:{asked.part.id}": asked for asked in questions.asked()}
    for cell in data["cells"]:
        for tag in set(cell["metadata"].get("tags", [])) & set(by_tag):
            asked = by_tag[tag]
            text = asked.part.answer_text if answers is None else answers.get(asked.label, "")
            if text:
                cell["source"] = text if asked.part.kind == "code" else f'answer_{asked.label} = r"""\n{text}\n"""'
    return data


def written(folder: Path, data: dict[str, Any]) -> Path:
    path = folder / "quiz.ipynb"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_the_notebook_is_valid_and_the_same_each_time() -> None:
    nbformat = pytest.importorskip("nbformat")
    content = notebook(chosen()).content
    nbformat.validate(nbformat.reads(content.decode(), as_version=4))
    assert notebook(chosen()).content == content
    ids = [cell["id"] for cell in json.loads(content)["cells"]]
    assert len(set(ids)) == len(ids)


def test_nothing_in_it_tells_a_key() -> None:
    text = notebook(few("layers.softmax-cross-entropy@1")).content.decode()
    assert "softmax(z) - t" not in text and r"\operatorname{softmax}" not in text
    assert r"\\frac{\\partial L}{\\partial z}" in text


def test_right_answers_of_every_kind_earn_full_marks(tmp_path: Path) -> None:
    graded = grade_quiz(read_quiz(written(tmp_path, answered(chosen())), bank()))
    assert [part.outcome for part in graded.parts] == ["right"] * len(graded.parts) and not graded.lost


def test_what_is_left_as_it_was_is_unanswered_and_one_bad_cell_costs_no_other(tmp_path: Path) -> None:
    empty = grade_quiz(read_quiz(written(tmp_path, made(few(*QUICK))), bank()))
    assert {part.outcome for part in empty.parts} == {"unanswered"}
    some = answered(few(*QUICK), {"1": "nonsense ((", "2": "softmax(z) - t", "3": "def other(x):\n    return x"})
    outcomes = [part.outcome for part in grade_quiz(read_quiz(written(tmp_path, some), bank())).parts]
    assert outcomes == ["unreadable", "right", "unanswered"]


def test_cells_that_answer_differently_are_refused(tmp_path: Path) -> None:
    data = answered(few(*QUICK), {"1": "26", "2": "softmax(z) - t"})
    (cell,) = [one for one in data["cells"] if "chainrule:1:a" in one["metadata"].get("tags", [])]
    data["cells"].append({**cell, "id": "again", "source": "answer_1 = 27"})
    read = read_quiz(written(tmp_path, data), bank())
    assert read.answers[2, "a"] == "softmax(z) - t" and (1, "a") not in read.answers
    assert read.problems[1, "a"].endswith("answer this differently; keep one answer")


def test_code_may_stand_in_several_cells_with_imports_above(tmp_path: Path) -> None:
    data = answered(few(*QUICK))
    (cell,) = [one for one in data["cells"] if "chainrule:layers.softmax-backward" in one["metadata"].get("tags", [])]
    code = str(cell["source"])
    assert "import numpy as np\n" in code
    cell["source"] = code.replace("import numpy as np\n", "")
    data["cells"].insert(1, {**cell, "id": "own", "metadata": {}, "source": "%matplotlib inline\nimport numpy as np"})
    graded = grade_quiz(read_quiz(written(tmp_path, data), bank()))
    assert [part.outcome for part in graded.parts] == ["right"] * 3


def test_the_command_writes_it_and_grades_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quiz = quiz_file(tmp_path, *QUICK)
    banks = ["--bank", str(small_bank(tmp_path / "bank", *QUICK))]
    assert run([*banks, "publish", "notebook", str(quiz), "--out", str(tmp_path / "quiz.ipynb")]) == 0
    assert "chainrule grade" in capsys.readouterr().out
    written(tmp_path, answered(few(*QUICK)))
    assert run([*banks, "grade", str(tmp_path / "quiz.ipynb")]) == 0
    (tmp_path / "other.ipynb").write_text('{"nbformat": 4, "cells": [], "metadata": {}}', encoding="utf-8")
    assert run([*banks, "grade", str(tmp_path / "other.ipynb")]) == 2


def test_its_checks_run_and_tell_right_from_wrong() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    two = few("convolution.output-size@7", "layers.softmax-backward@7")
    text = json.dumps(answered(two, {"1": "20", "2": list(two.asked())[1].part.answer_text}))
    data = nbformat.reads(text, as_version=4)
    nbclient.NotebookClient(data, timeout=120, kernel_name="python3").execute()
    told = ["".join(out.get("text", "") for out in cell.outputs) for cell in data.cells if cell.cell_type == "code"]
    assert "Wrong." in told[1] and "Right." in told[3]


def test_pictures_stand_in_the_text_and_titles_are_no_tags() -> None:
    """JupyterLab draws no SVG among the attachments of a cell."""
    picture = few("adversarial.from-two-densities@1")
    titled = Chosen(Quiz("A <b> of $5", 1, picture.quiz.items), {})
    cells = made(titled)["cells"]
    assert "".join(cells[0]["source"]).startswith("# A &lt;b> of \\$5\n")
    prompt = "".join(cells[1]["source"])
    (image,) = re.findall(r'\n\n<img src="data:image/svg\+xml;base64,([^"]+)" alt="[^"$\n]+">$', prompt)
    assert base64.b64decode(image).startswith(b"<svg ") and "attachments" not in cells[1]


def test_a_check_of_code_that_is_still_the_starter_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    (asked,) = few("layers.softmax-backward@7").asked()
    check(asked.variant.family, 7, asked.part.id, ["", asked.part.starter])
    assert capsys.readouterr().out == "Not answered yet.\n"


def test_a_check_takes_the_last_cell_that_defines_the_function() -> None:
    inputs = [
        "",
        "import numpy as np",
        "def f(x):\n    return np.sin(x)",
        "%%time\ndef f(x):\n    return np.cos(x)",
        "f(1)",
    ]
    assert code_of(inputs, "f").startswith("import numpy as np\n") and "np.cos" in code_of(inputs, "f")
    assert code_of(inputs, "g") == ""


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('answer_1 = r"""\n26\n"""', "26"),
        ('answer_1 = """dz = y - t\ndw = dz * x"""', "dz = y - t\ndw = dz * x"),
        ("answer_1 = 26", "26"),
        ("answer_1 = 'a, c'  # both", "a, c"),
        ('answer_1 = r"""\n\n"""', ""),
        ("# nothing", ""),
        ("answer_1 = '''a\nb'''", "a\nb"),
        ('answer_1 = """\n26', "26"),
        ("answer_1 = 'a' + 'b'", "'a' + 'b'"),
        ("answer_1 = (\n  26\n)", "(\n  26\n)"),
        ("answer_1 = None", ""),
        ("answer_1 = 1\nanswer_1 = 2\nprint(answer_1)", "2"),
        ('answer_1 = r"""\n\n"""\n# mine:\n26', "26"),
        ('mine = "26"', "26"),
        ("softmax(z) - t", "softmax(z) - t"),
        ("dz = y - t\ndW = dz @ x.T", "dz = y - t\ndW = dz @ x.T"),
        ("dz = y - t", "dz = y - t"),
        ('answer_1: str = "26"', "26"),
        ('answer_1 = f"""26"""', "26"),
        ('"""\n26\n"""', "26"),
        ("'a' + 'b'", "'a' + 'b'"),
    ],
)
def test_answers_are_read_between_quotes_or_on_the_line(source: str, text: str) -> None:
    assert quoted(source) == text


def test_dollars_and_tags_of_a_text_are_no_formula_and_no_tag() -> None:
    assert prose_markdown(["a <b> costs $5, `x < <b>`, 1 < 2"]) == r"a &lt;b> costs \$5, `x < <b>`, 1 < 2"
