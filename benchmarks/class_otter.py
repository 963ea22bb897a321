"""The same submissions of code through otter-grader and through `chainrule grade-class`, one after another, one core.

otter-grader grades in this process's environment, as `otter run` does (no container), but is imported once for all.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from class_answers import CODE, PARTS, drawn
from class_attacks import TARGET
from class_figures import lines
from class_run import ran

DOCTEST = '''OK_FORMAT = True
test = {"name": "q1", "points": 1, "suites": [{"cases": [{"code": """>>> import numpy as np
>>> def right(z, g):
...     y = np.exp(z - z.max(1, keepdims=True))
...     y /= y.sum(1, keepdims=True)
...     return y * (g - (g * y).sum(1, keepdims=True))
>>> draw = [np.random.default_rng(n) for n in range(6)]
>>> cases = [(10.0 ** (n % 3) * d.normal(size=(2 + n, 3)), d.normal(size=(2 + n, 3))) for n, d in enumerate(draw)]
>>> all(bool(np.allclose(softmax_backward(z, g), right(z, g))) for z, g in cases)
True""", "hidden": False, "locked": False}], "scored": True, "setup": "", "teardown": "", "type": "doctest"}]}
'''
GRADE = """
import contextlib, json, os, sys, time
import otter.api
for path in sys.argv[2:]:
    began = time.perf_counter()
    with open(os.devnull, "w") as quiet, contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        try:
            total = otter.api.grade_submission(path, sys.argv[1], quiet=True).total
        except Exception as error:
            total = 0.0
    print(json.dumps([path, time.perf_counter() - began, total]), flush=True)
"""


@dataclass(frozen=True)
class Beside:
    """Seconds for each submission, of both; alike: how many both call right, or both not right."""

    otter: float
    otter_once: float
    ours: float
    ours_judging: float
    alike: int
    n: int


def beside(home: Path, number: int, seed: int, otter: str) -> Beside:
    """Grades so many submissions of one function with both. otter: its command."""
    files = _handed_in(home, number, seed)
    autograder = _autograder(home / "otter", otter)
    python = str(Path(otter).parent / "python")
    began = time.perf_counter()
    done = subprocess.run(
        [python, "-c", GRADE, str(autograder), *map(str, files)],
        cwd=home, check=True, capture_output=True, text=True, env=_environment(otter),
    )  # fmt: skip
    took = time.perf_counter() - began
    graded = [json.loads(line) for line in done.stdout.splitlines()]
    theirs = {Path(path).parent.name: total > 0 for path, _, total in graded}
    run = ran(home / "submissions", home / "homework.yaml", home / "graded", ["--jobs", "1"])
    ours = {one["student"]: one["outcome"] == "right" for one in lines(home / "graded" / "results.jsonl")}
    alike = sum(theirs.get(student) == right for student, right in ours.items())
    once = _once(autograder, files[0], otter)
    return Beside(took / number, once, run.seconds / number, run.summary["seconds"] / number, alike, number)


def _handed_in(home: Path, number: int, seed: int) -> list[Path]:
    """A folder for each student with one file."""
    question = CODE[TARGET]
    (home / "homework.yaml").write_text(f"assignment: 1\ntitle: One function\nquestions:\n  - {question}@3\n")
    chance, files = random.Random(seed), list[Path]()
    while len(files) < number:
        text = drawn(chance)[0][TARGET]
        if text:
            files.append(home / "submissions" / f"s{len(files):05}" / f"{question}.py")
            files[-1].parent.mkdir(parents=True)
            files[-1].write_text(text)
    assert PARTS[TARGET]
    return files


def _autograder(folder: Path, otter: str) -> Path:
    (folder / "tests").mkdir(parents=True)
    (folder / "tests" / "q1.py").write_text(DOCTEST)
    words = [otter, "generate", "-t", "tests", "--no-environment"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True, env=_environment(otter))
    return folder / "autograder.zip"


def _once(autograder: Path, file: Path, otter: str) -> float:
    """Seconds of `otter run` for one submission, imports included."""
    began = time.perf_counter()
    words = [otter, "run", "-a", str(autograder), str(file)]
    subprocess.run(words, cwd=autograder.parent, check=False, capture_output=True, env=_environment(otter))
    return time.perf_counter() - began


def _environment(otter: str) -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(otter).resolve().parent}:{os.environ['PATH']}"}
