"""Killed at random moments, in practice and in an exam: what was acknowledged is there, and the exam goes on."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from test_cli_practice import BLUEPRINT, FAMILY, NUMBER

from chainrule.store.opening import open_store

TIMES = 25  # each of practice and exam
SECONDS = 2.6  # about how long a session takes when nobody kills it


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    for topic, name, text in (("down", "step", FAMILY), ("up", "twice", NUMBER)):
        (folder / "bank" / topic).mkdir(parents=True)
        (folder / "bank" / topic / f"{name}.yaml").write_text(text)
    (folder / "exam.yaml").write_text(BLUEPRINT)
    return folder


def killed(folder: Path, words: list[str], typed: str, after: float) -> str:
    """What the command had printed when it was killed with SIGKILL."""
    command = [sys.executable, "-P", "-u", "-m", "chainrule", *words, "--store", str(folder / "store.db")]
    command += ["--bank", str(folder / "bank")]
    environment = {**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdin is not None

    def kill() -> None:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(after, kill)
    timer.start()
    try:
        out, _ = process.communicate(typed, timeout=60)
    except subprocess.TimeoutExpired:
        kill()
        out, _ = process.communicate()
    finally:
        timer.cancel()
    return out


def moments(count: int, seed: int) -> list[float]:
    chance = random.Random(seed)
    return [chance.uniform(0.3 * SECONDS, 1.5 * SECONDS) for _ in range(count)]


def test_no_verdict_that_was_shown_is_lost(folder: Path) -> None:
    shown = 0
    typed = "w - g\ns\na\n" * 40
    for number, after in enumerate(moments(TIMES, 1)):
        out = killed(folder, ["practice", "--topic", "down", "--minutes", "30", "--seed", str(number)], typed, after)
        shown += len(re.findall(r"^Wrong", out, flags=re.MULTILINE))
        with open_store(str(folder / "store.db")) as store:
            kept = len(store.judged())
        assert kept >= shown
        shown = kept  # at most the one that was kept and not shown yet
    assert shown > TIMES / 2


def test_no_answer_that_was_saved_is_lost_and_the_exam_goes_on(folder: Path) -> None:
    begun = False
    saved = 0
    for number, after in enumerate(moments(TIMES, 2)):
        words = ["exam", "--resume"] if begun else ["exam", "--blueprint", str(folder / "exam.yaml"), "--seed", "3"]
        typed = "".join(f"{1000 * number + i}\n" for i in range(300))
        out = killed(folder, words, typed, after)
        begun = begun or "form " in out
        answers = re.findall(r"^> (\d+)\nSaved", out, flags=re.MULTILINE)
        if not begun:
            continue
        with open_store(str(folder / "store.db")) as store:
            [exam] = store.exams()
            assert store.ending(exam.id) is None
            drafts = [draft.answer for draft in store.drafts(exam.id).values()]
        if answers:
            saved += 1
            assert any(int(draft) >= int(answers[-1]) for draft in drafts)
    assert begun
    assert saved > TIMES / 4
