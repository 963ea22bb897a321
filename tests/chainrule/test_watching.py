"""Saved files are noticed once they have come to rest; nothing is missed and nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chainrule.watching import GONE, saves

RIGHT = """import numpy as np


def softmax_backward(z, g):
    y = np.exp(z - z.max(axis=1, keepdims=True))
    y = y / y.sum(axis=1, keepdims=True)
    return y * (g - (g * y).sum(axis=1, keepdims=True))
"""


class Script:
    """What happens while the watcher sleeps: one act for each look."""

    def __init__(self, *acts: Callable[[], object]) -> None:
        self.acts = list(acts)
        self.slept = 0

    def __call__(self) -> None:
        self.slept += 1
        if not self.acts:
            raise TimeoutError
        self.acts.pop(0)()


def nothing() -> None:
    """A look at which nothing has changed."""


def test_work_is_done_at_once_and_after_a_save_that_has_come_to_rest(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("1")
    script = Script(nothing, lambda: file.write_text("12"), lambda: file.write_text("123"), nothing)
    looks = saves(lambda: [file], sleep=script)
    next(looks)
    assert script.slept == 0
    next(looks)
    assert file.read_text() == "123"
    assert script.slept == 4
    with pytest.raises(TimeoutError):  # and no second time for the same save
        next(looks)


def test_a_change_during_the_work_counts(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("1")
    looks: Iterator[None] = saves(lambda: [file], sleep=Script(nothing))
    next(looks)
    file.write_text("12")
    next(looks)


def test_a_file_that_is_replaced_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("1")
    script = Script(file.unlink, nothing, lambda: file.write_text("12"), nothing)
    looks = saves(lambda: [file], sleep=script)
    next(looks)
    next(looks)
    assert file.read_text() == "12"


def test_a_file_that_stays_away_is_told_of_after_a_while(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("1")
    script = Script(file.unlink, *[nothing] * GONE)
    looks = saves(lambda: [file], sleep=script)
    next(looks)
    next(looks)
    assert script.slept == 1 + GONE


def test_grading_watches_until_it_is_interrupted(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("def softmax_backward(y, g):\n    return g\n")
    words = ["grade", str(file), "--question", "layers.softmax-backward", "--watch"]
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "chainrule", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
    ) as process:
        assert process.stdout is not None
        first = _until(process.stdout.readline, "watching")
        assert "Right." not in first
        file.write_text(RIGHT)
        second = _until(process.stdout.readline, "watching")
        assert "Right." in second
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert "Traceback" not in process.stdout.read()


def _until(line: Callable[[], str], word: str, seconds: float = 60) -> str:
    """The lines up to one with that word."""
    end, found = time.monotonic() + seconds, ""
    while time.monotonic() < end and word not in found:
        found += line()
    return found
