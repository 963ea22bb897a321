"""`chainrule --help` is quick and imports none of the heavy packages; `import chainrule` costs nothing."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
HEAVY = {"sqlalchemy", "alembic", "fsrs", "torch", "sympy", "numpy", "pydantic", "rich", "yaml", "jinja2", "sklearn"}
LIMIT = 0.25  # seconds


def imported(*words: str) -> set[str]:
    """The top-level packages that a Python started with these words imports."""
    command = [sys.executable, "-P", "-X", "importtime", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=ENVIRONMENT)
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["bank", "--help"], ["quiz", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    assert imported("-m", "chainrule", *words) & HEAVY == set()


def test_importing_chainrule_imports_nothing_of_ours() -> None:
    ours = {"grader", "solutions", "questions", "click"}
    assert imported("-c", "import chainrule") & (HEAVY | ours) == set()


def test_help_takes_less_than_a_quarter_of_a_second() -> None:
    """Processor time of the quickest of a few runs: other processes may keep the machine busy."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-P", "-m", "chainrule", "--help"]
        subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    runs = (seconds() for _ in range(15))
    assert any(run < LIMIT for run in runs)
