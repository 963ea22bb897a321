"""Every command run in a learner's folder behaves as anywhere else: nothing there is ever imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STRANGE = (
    "grader.py",
    "numpy.py",
    "questions.py",
    "solutions/__init__.py",
    "templates/__init__.py",
    "yaml.py",
    "click.py",
    "torch.py",
    "sympy.py",
    "jinja2.py",
    "random.py",
    "json.py",
    "typing.py",
    "sitecustomize.py",
)
TRAP = "import os, pathlib\npathlib.Path({marker!r}).touch()\nos._exit(99)\n"

CODE = "import numpy as np\n\n\ndef softmax_backward(z, g):\n    return np.zeros_like(z)\n"

COMMANDS = [
    ("--help",),
    ("topics",),
    ("show", "convolution.output-size", "--solution"),
    ("quiz", "--n", "3", "--seed", "1", "--json"),
    ("quiz", "--n", "2", "--seed", "1", "--save", "out/quiz.yaml"),
    ("quiz", "--n", "1", "--seed", "1"),
    ("grade", "quiz.yaml"),
    ("grade", "code.py", "--question", "layers.softmax-backward"),
    ("sheet", "--topic", "navigation", "--out", "out/sheet.html"),
    ("check", "exp(x)*exp(y)", "exp(x + y)", "--symbol", "x", "--symbol", "y"),
    ("train", "--list"),
    ("bank", "check", "convolution.output-size", "--seeds", "1", "--again"),
    ("bank", "schema"),
    ("bank", "coverage"),
    ("bank", "new", "convolution.mine", "--out", "out/mine.yaml"),
    ("bank", "preview", "convolution/mine.yaml"),
    ("demo", "--out", "out", "--json"),
]


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    """Exit code, output and error output of `python -m chainrule`, without -P, in the folder."""
    done = subprocess.run(
        [sys.executable, "-m", "chainrule", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def quiz(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("quiz")
    code, _, err = run(folder, "quiz", "--n", "4", "--seed", "3", "--save", "quiz.yaml")
    assert code == 0, err
    return (folder / "quiz.yaml").read_text(encoding="utf-8").replace("answer:\n", "answer: 1\n")


def fill(folder: Path, quiz: str) -> Path:
    """The folder with the files that the commands are given."""
    folder.mkdir()
    (folder / "quiz.yaml").write_text(quiz, encoding="utf-8")
    (folder / "code.py").write_text(CODE)
    family = ROOT / "questions" / "convolution" / "output-size.yaml"
    (folder / "convolution").mkdir()
    (folder / "convolution" / "mine.yaml").write_text(family.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_behaves_as_anywhere_else(words: tuple[str, ...], quiz: str, tmp_path: Path) -> None:
    plain = fill(tmp_path / "plain", quiz)
    strange = fill(tmp_path / "strange", quiz)
    marker = tmp_path / "imported"
    for name in STRANGE:
        path = strange / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TRAP.format(marker=str(marker)))
    expected = run(plain, *words)
    assert run(strange, *words) == expected
    assert expected[0] in (0, 1), expected[2]
    assert not marker.exists()


def test_the_trap_would_be_seen(tmp_path: Path) -> None:
    marker = tmp_path / "imported"
    (tmp_path / "grader.py").write_text(TRAP.format(marker=str(marker)))
    done = subprocess.run([sys.executable, "-c", "import grader"], cwd=tmp_path)
    assert done.returncode == 99
    assert marker.exists()
