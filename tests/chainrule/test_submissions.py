"""Submitted code is found in a file, a folder or a notebook, and nothing of it runs while it is looked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chainrule import cli
from chainrule.definitions import defines, imports_for
from chainrule.files import InputError
from chainrule.magics import without_magics
from chainrule.options import Exit
from chainrule.submissions import read_submission
from questions.bank import load_bank
from questions.variant import Part

QUESTION = "layers.softmax-backward"
ENTRY = "softmax_backward"
RIGHT = f"""import numpy as np


def {ENTRY}(z, g):
    y = np.exp(z - z.max(axis=1, keepdims=True))
    y = y / y.sum(axis=1, keepdims=True)
    return y * (g - (g * y).sum(axis=1, keepdims=True))
"""
BARE = RIGHT.replace("import numpy as np\n\n\n", "")


@pytest.fixture(scope="module")
def part() -> Part:
    return load_bank().family(QUESTION).draw(0).parts[0]


def notebook(path: Path, *cells: Any, **fields: Any) -> Path:
    """A notebook of code cells: texts, or (text, tags), or whole cells."""
    written = []
    for cell in cells:
        source, tags = cell if isinstance(cell, tuple) else (cell, [])
        made = {"cell_type": "code", "source": source, "metadata": {"tags": tags}, "outputs": []}
        written.append(cell if isinstance(cell, dict) else made)
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": written} | fields), encoding="utf-8")
    return path


def test_the_cell_that_defines_the_function_comes_with_the_imports_it_uses(tmp_path: Path, part: Part) -> None:
    path = notebook(
        tmp_path / "homework.ipynb",
        {"cell_type": "markdown", "source": ["# Homework\n", "def softmax_backward"], "metadata": {}},
        "import numpy as np\nimport os, torch as t\nraise SystemExit",
        {"cell_type": "code", "source": BARE.splitlines(keepends=True), "metadata": {}},
        "softmax_backward(1, 2)",
    )
    found = read_submission(path, part, QUESTION)
    assert found.code == f"import numpy as np\n{BARE}"
    assert found.remarks == (
        "Taken from cell 3, with the imports above that it uses; lines are counted from the first one taken.",
    )


def test_tagged_cells_are_taken_together_and_lose_what_is_for_notebooks_only(tmp_path: Path, part: Part) -> None:
    path = notebook(
        tmp_path / "a.ipynb",
        ("%matplotlib inline\nx = '''\n!kept\n'''\n", [f"chainrule:{QUESTION}"]),
        (RIGHT, [QUESTION, "other"]),
        (f"def {ENTRY}(y, g):\n    return 0\n", []),
    )
    found = read_submission(path, part, QUESTION)
    assert found.code == "pass\nx = '''\n!kept\n'''\n\n\n" + RIGHT
    assert "Left out of cell 1, since they are for notebooks only: `%matplotlib inline`." in found.remarks


NO_NOTEBOOKS = [
    ("", "it is empty"),
    ("{", "line 1"),
    ("[" * 100_000, "not a notebook"),
    ("[]", "`nbformat` is missing"),
    ('{"nbformat": 3, "worksheets": []}', "notebook format 3, expected 4"),
    ('{"nbformat": "4\\n5", "cells": []}', "notebook format 4 5, expected 4"),
    ('{"nbformat": 4}', "no list of `cells`"),
    ('{"nbformat": 4, "cells": [7]}', "cell 1 has no `cell_type`"),
    ('{"nbformat": 4, "cells": [{"cell_type": "code"}]}', "cell 1 has no `source`"),
    ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}', "cell 1 has no `source`"),
    ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "metadata": {"tags": [1]}}]}', "`tags`"),
    ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": ""}]}', f"no cell defines `{ENTRY}`"),
]


@pytest.mark.parametrize(("text", "message"), NO_NOTEBOOKS)
def test_what_is_no_notebook_is_said_and_breaks_nothing(tmp_path: Path, part: Part, text: str, message: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_submission(path, part, QUESTION)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_cells_that_define_it_are_no_guess(tmp_path: Path, part: Part) -> None:
    with pytest.raises(InputError, match=r"cells 1 and 3 all define .* the tag chainrule:layers\.softmax-backward"):
        read_submission(notebook(tmp_path / "a.ipynb", RIGHT, "x = 1", RIGHT), part, QUESTION)


def test_a_folder_holds_one_file_that_defines_it(tmp_path: Path, part: Part) -> None:
    (tmp_path / "helper.py").write_text(f"print('{ENTRY}')\n# def {ENTRY}(): ...\n")
    (tmp_path / "answer.py").write_text(RIGHT)
    (tmp_path / "notes.txt").write_text(RIGHT)
    found = read_submission(tmp_path, part, QUESTION)
    assert (found.code, found.file) == (RIGHT, tmp_path / "answer.py")
    notebook(tmp_path / "b.ipynb", RIGHT)
    with pytest.raises(InputError, match=r"answer\.py and b\.ipynb all define"):
        read_submission(tmp_path, part, QUESTION)


def test_a_folder_without_an_answer_says_what_was_looked_at(tmp_path: Path, part: Part) -> None:
    with pytest.raises(InputError, match="no Python file and no notebook"):
        read_submission(tmp_path, part, QUESTION)
    for name in "abcdefg":
        (tmp_path / f"{name}.py").write_text("x = 1\n")
    with pytest.raises(InputError, match=r"no file defines .*a\.py, b\.py, c\.py, d\.py, e\.py, \.\.\."):
        read_submission(tmp_path, part, QUESTION)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, part: Part) -> None:
    (tmp_path / "outside.py").write_text(RIGHT)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "answer.py").symlink_to(tmp_path / "outside.py")
    with pytest.raises(InputError, match="no Python file"):
        read_submission(folder, part, QUESTION)


DEFINES = [
    ("def f(x):\n    return x", True),
    ("async def f(x): ...", True),
    ("class f: ...", True),
    ("f = lambda x: x", True),
    ("f: object = abs", True),
    ("f == 3", False),
    ("def ff(x): ...", False),
    ("    def f(x): ...", False),
    ("'''\ndef f(x): ...\n'''", False),
    ("x = (\ndef f(x): ...\n)", False),
    ("x = 1 \\\ndef f(x): ...", False),
    ("# def f(x): ...", False),
    ("x = 'it is never closed\ndef f(x): ...", True),
    ('"""doc \\""" still\n"""\ndef f(x): ...', True),
]


@pytest.mark.parametrize(("source", "expected"), DEFINES)
def test_a_definition_is_a_line_at_the_top_level(source: str, expected: bool) -> None:
    assert defines(source, "f") is expected


def test_the_imports_that_are_used_are_found() -> None:
    before = "import numpy as np, os\nimport torch.nn\nfrom math import (\n    exp,  # e\n    log as ln,\n)\n"
    before += "from x import *\n"
    assert imports_for("np.abs(1)", before) == ["import numpy as np, os", "from x import *"]
    assert imports_for("ln(torch)", before)[0] == "import torch.nn"
    assert imports_for("ln(1)", before)[0].startswith("from math import (")
    assert imports_for("log(1)", before) == ["from x import *"]


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("%%time\nx = 1", "pass\nx = 1"),
        ("%%bash\nrm -r x", ""),
        ("x = !ls\ny = 5 % 2\nnp.dot?", "pass\ny = 5 % 2\npass"),
        ("if x:\n    %timeit f()", "if x:\n    pass"),
        ("y = (5\n% 2)", "y = (5\n% 2)"),
        ("y = 7 != 8", "y = 7 != 8"),
    ],
)
def test_magics_are_left_out_and_lines_keep_their_numbers(source: str, kept: str) -> None:
    assert without_magics(source)[0] == kept


def test_a_notebook_and_a_folder_are_graded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = notebook(tmp_path / "a.ipynb", RIGHT)
    assert cli.run(["grade", str(path), "--question", QUESTION, "--json"]) == Exit.OK
    record = json.loads(capsys.readouterr().out)
    assert (record["outcome"], record["file"]) == ("right", str(path))
    assert record["remarks"] == ["Taken from cell 1; lines are counted from the first one taken."]
    assert cli.run(["grade", str(tmp_path), "--question", QUESTION]) == Exit.OK
    assert f"Found in {path}." in capsys.readouterr().out
    assert cli.run(["grade", str(path)]) == Exit.USAGE
    assert "Add --question ID" in capsys.readouterr().err
