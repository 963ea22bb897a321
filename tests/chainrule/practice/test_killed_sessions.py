"""Killed at random moments, in practice and in an exam: what was acknowledged is there, and the exam goes on."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from postgres_server import missing, running_server
from test_cli_practice import BLUEPRINT, FAMILY, NUMBER

from chainrule.store.opening import open_store

TIMES = {"sqlite": 12, "postgresql": 6}  # each of practice and exam
SECONDS = 2.6  # about how long a session takes when nobody kills it


@dataclass(frozen=True)
class Place:
    """Where a session runs: a folder with a bank, and the store's URL."""

    folder: Path
    store: str
    times: int


@pytest.fixture(scope="module", params=list(TIMES))
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("killed")
    for topic, name, text in (("down", "step", FAMILY), ("up", "twice", NUMBER)):
        (folder / "bank" / topic).mkdir(parents=True)
        (folder / "bank" / topic / f"{name}.yaml").write_text(text)
    (folder / "exam.yaml").write_text(BLUEPRINT)
    if request.param == "sqlite":
        yield Place(folder, str(folder / "store.db"), TIMES[request.param])
        return
    if reason := missing():
        pytest.skip(reason)
    with running_server() as server:
        yield Place(folder, server.new_database(), TIMES[request.param])


def killed(place: Place, words: list[str], typed: str, after: float) -> str:
    """What the command had printed when it was killed with SIGKILL."""
    command = [sys.executable, "-P", "-u", "-m", "chainrule", *words, "--store", place.store]
    command += ["--bank", str(place.folder / "bank")]
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


def test_no_verdict_that_was_shown_is_lost(place: Place) -> None:
    shown = 0
    typed = "w - g\ns\na\n" * 40
    for number, after in enumerate(moments(place.times, 1)):
        out = killed(place, ["practice", "--topic", "down", "--minutes", "30", "--seed", str(number)], typed, after)
        shown += len(re.findall(r"^Wrong", out, flags=re.MULTILINE))
        with open_store(place.store) as store:
            kept = len(store.judged())
        assert kept >= shown
        shown = kept  # at most the one that was kept and not shown yet
    assert shown > 0


def test_no_answer_that_was_saved_is_lost_and_the_exam_goes_on(place: Place) -> None:
    begun = False
    saved = 0
    for number, after in enumerate(moments(place.times, 2)):
        words = (
            ["exam", "--resume"] if begun else ["exam", "--blueprint", str(place.folder / "exam.yaml"), "--seed", "3"]
        )
        typed = "".join(f"{1000 * number + i}\n" for i in range(300))
        out = killed(place, words, typed, after)
        begun = begun or "form " in out
        answers = re.findall(r"^> (\d+)\nSaved", out, flags=re.MULTILINE)
        if not begun:
            continue
        with open_store(place.store) as store:
            [exam] = store.exams()
            assert store.ending(exam.id) is None
            drafts = [draft.answer for draft in store.drafts(exam.id).values()]
        if answers:
            saved += 1
            assert any(int(draft) >= int(answers[-1]) for draft in drafts)
    assert begun
    assert saved > 0
