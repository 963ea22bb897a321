"""Workers and whole servers that are killed: every answer that was taken becomes one attempt all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pooled import SECONDS, Question, ask, attempts, outcome, pool, small_bank, workers

from chainrule.store.opening import open_store
from chainrule.store.store import Store
from chainrule.web.pool import PoolJudging
from questions.bank import Bank


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "pool.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("small"))


@pytest.fixture
def question(store: Store, bank: Bank) -> Question:
    return ask(store, bank)


@pytest.fixture
def judging(store: Store, bank: Bank) -> Iterator[PoolJudging]:
    with pool(store, bank) as found:
        yield found


def test_a_process_that_ends_in_the_middle_loses_nothing(
    tmp_path: Path, store: Store, question: Question, judging: PoolJudging
) -> None:
    jobs = [question.job(f"die {tmp_path / 'once'} {question.right}"), question.job(question.right)]
    for job in jobs:
        judging.submit(job)
    assert [outcome(judging, job) for job in jobs] == ["right", "right"]
    assert len(attempts(store)) == 2
    assert judging.healthy()


def test_a_process_that_was_killed_while_it_had_nothing_to_do_is_replaced(
    question: Question, judging: PoolJudging
) -> None:
    first, second = question.job("1"), question.job(question.right)
    judging.submit(first)
    assert outcome(judging, first) == "wrong"
    for worker in workers(judging):
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
    judging.submit(second)
    assert outcome(judging, second) == "right"


def test_an_answer_that_ends_its_process_twice_is_our_fault_and_is_kept(
    store: Store, question: Question, judging: PoolJudging
) -> None:
    deadly, harmless = question.job("die"), question.job(question.right)
    judging.submit(deadly)
    judging.submit(harmless)
    assert [outcome(judging, job) for job in (deadly, harmless)] == ["fault", "right"]
    assert attempts(store) == {deadly.id: "fault", harmless.id: "right"}


SERVER = """
import sys, time
from pathlib import Path
from chainrule.store.opening import open_store
from pooled import ask, pool, small_bank, wait_until_judged

folder = Path(sys.argv[1])
bank = small_bank(folder)
with open_store(str(folder / "killed.db")) as store, pool(store, bank) as judging:
    question = ask(store, bank)
    for number in range(30):
        job = question.job(f"wait {folder / 'open'} 1" if number == 10 else question.right, learner=f"l{number % 3}")
        judging.submit(job)
        print("taken", job.id, flush=True)
    while len(store.judged("me")) < 10:
        time.sleep(0.01)
    print("pids", *(worker.pid for lane in judging._lanes.values() for worker in lane.workers()), flush=True)
    time.sleep(600)
"""


def test_a_server_that_is_killed_loses_nothing_that_it_took_and_leaves_no_process(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
    )
    with server:
        assert server.stdout is not None
        taken, pids = [], []
        for line in server.stdout:
            word, *rest = line.split()
            if word == "pids":
                pids = [int(pid) for pid in rest]
                break
            taken += rest
        server.kill()
    assert len(taken) == 30
    assert len(pids) == 2
    (tmp_path / "open").touch()
    with open_store(str(tmp_path / "killed.db")) as store, pool(store, small_bank(tmp_path)) as judging:
        for id in taken:
            done = judging.wait(id, SECONDS)
            assert done is not None
            assert done.state == "done"
        assert set(attempts(store)) == set(taken)
    until = time.monotonic() + SECONDS
    while any(runs(pid) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.01)


def runs(pid: int) -> bool:
    """Whether there is such a process, other than one that nobody has buried."""
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(status.strip()) and not status.startswith("Z")
