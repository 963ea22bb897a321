"""Processes that judge: what an answer does to one costs that answer alone, and they see nothing of submissions."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tricky_judge import COMMAND as TRICKY
from tricky_judge import DIE, SHOUT, SLEEP, WHERE, task

from chainrule.bulk import executors, worker
from chainrule.bulk.executors import LocalExecutor
from chainrule.bulk.judge_child import COMMAND, ROOT, Child, Children
from chainrule.bulk.keys import grader_version
from chainrule.bulk.worker import Batch, Stopped, judge_batch

ENDS = 10.0  # seconds for a process to be gone


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[Children]:
    """Processes that know the tricks."""
    found = Children(TRICKY)
    made = functools.cache(lambda: found)
    monkeypatch.setattr(worker, "children", made)
    monkeypatch.setattr(executors, "children", made)
    yield found
    found.stop()


def batch(*answers: str, **named: Any) -> Batch:
    return Batch(tuple(task(answer) for answer in answers), grader_version(), **named)


def outcomes(batch: Batch) -> list[str]:
    return [one.verdict["outcome"] for one in judge_batch(batch)]


def gone(pid: int) -> bool:
    until = time.monotonic() + ENDS
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_poison_is_a_fault_and_costs_no_other_answer_anything(children: Children) -> None:
    found = judge_batch(batch("a", DIE, "b"))
    assert [one.key for one in found] == [task(answer).key for answer in ("a", DIE, "b")]
    assert [one.verdict["outcome"] for one in found] == ["right", "fault", "right"]
    assert found[1].verdict["feedback"][0]["data"]["what"] == worker.BROKE
    assert len(children.pids()) == 1


def test_an_answer_whose_process_was_ended_by_chance_is_judged(children: Children, tmp_path: Path) -> None:
    assert outcomes(batch(f"{DIE} {tmp_path / 'once'}", "a")) == ["right", "right"]


def test_an_answer_that_takes_too_long_is_stopped(children: Children) -> None:
    assert outcomes(batch("a")) == ["right"]  # the first of a process has longer
    (pid,) = children.pids()
    found = judge_batch(batch(SLEEP, "a", seconds=0.2))
    assert [one.verdict["outcome"] for one in found] == ["undecided", "right"]
    assert found[0].verdict["feedback"][0]["code"] == "judging.too-long"
    assert gone(pid)


def test_what_is_printed_is_no_verdict(children: Children) -> None:
    assert outcomes(batch(SHOUT, "a")) == ["right", "right"]


def test_an_answer_of_any_length_and_letters_arrives(children: Children) -> None:
    long = "é\u2028\ud800\n" * 300_000
    assert judge_batch(batch(long))[0].verdict["reading"] == long


def test_another_version_judges_nothing(children: Children) -> None:
    found = judge_batch(Batch((task("a"), task("b")), "0.0.1+other"))
    assert [one.verdict["outcome"] for one in found] == ["fault", "fault"]
    assert "0.0.1+other was asked" in found[0].verdict["feedback"][0]["data"]["what"]
    assert children.pids() == []


def test_a_process_stands_in_an_empty_folder_and_imports_nothing_from_it(
    children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "numpy", "chainrule", "grader"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from a submission')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(sys, "path", ["", str(tmp_path), *sys.path])
    seen = json.loads(judge_batch(batch(WHERE))[0].verdict["reading"])
    folder = Path(seen["folder"])
    assert folder.name.startswith("chainrule-judge-") and list(folder.iterdir()) == []
    assert seen["safe"] and not {"", ".", str(tmp_path), str(folder)} & set(seen["path"])
    assert str(ROOT) in seen["path"]
    children.stop()
    assert not folder.exists()


def test_the_real_process_starts_the_same_way() -> None:
    assert COMMAND[1:3] == ("-P", "-s")
    child = Child()
    request = {"question": ["no.family", "v", "", ""], "seed": 1, "drawn": "", "part": "a", "answer": "x"}
    try:
        verdict = child.judge(request, 60)
        assert verdict["outcome"] == "fault"
        assert "there is none" in verdict["feedback"][0]["data"]["what"]
        assert child.pid is not None
        assert Path(f"/proc/{child.pid}/cwd").readlink().name.startswith("chainrule-judge-")
    finally:
        child.close()


def test_processes_end_with_their_owner(tmp_path: Path) -> None:
    """Also where the owner is killed while one of them judges."""
    owner = f"""
import sys
sys.path[:0] = {[str(ROOT), str(ROOT / "tests")]!r}
from tricky_judge import COMMAND, SLEEP, WHERE, task
from chainrule.bulk.judge_child import Child
from chainrule.bulk.worker import request_of
child = Child("cpu", COMMAND)
print(child.judge(request_of(task(WHERE), {{}}), 60)["reading"], flush=True)
child.judge(request_of(task(SLEEP), {{}}), 60)
"""
    with subprocess.Popen([sys.executable, "-c", owner], stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        pid = json.loads(process.stdout.readline())["pid"]
        time.sleep(0.1)
        assert Path(f"/proc/{pid}/stat").exists()
        process.kill()
    assert gone(pid)


def test_an_executor_judges_side_by_side_and_ends_its_processes(children: Children) -> None:
    with LocalExecutor(2) as executor:
        assert executor.slots == 2
        sent = [executor.submit(judge_batch, batch(f"{number}")) for number in range(20)]
        assert [one.result()[0].verdict["reading"] for one in sent] == [f"{number}" for number in range(20)]
        pids = children.pids()
        assert 1 <= len(pids) <= 2
    assert all(gone(pid) for pid in pids)


def test_an_executor_that_is_stopped_waits_for_no_answer(children: Children) -> None:
    executor = LocalExecutor(1)
    executor.submit(judge_batch, batch("a")).result()
    busy, waiting = executor.submit(judge_batch, batch(SLEEP)), executor.submit(judge_batch, batch("b"))
    while not busy.running():
        time.sleep(0.01)
    time.sleep(0.1)
    began = time.monotonic()
    executor.shutdown(cancel_futures=True)
    assert time.monotonic() - began < ENDS
    assert waiting.cancelled()
    with pytest.raises(Stopped):
        busy.result()


def test_a_batch_that_begins_after_the_end_starts_no_process(children: Children) -> None:
    children.stop()
    with pytest.raises(Stopped):
        judge_batch(batch("a"))
    assert children.pids() == []


def test_several_processes_are_told_apart_by_device(children: Children) -> None:
    judge_batch(batch("a"))
    judge_batch(batch("a", device="other"))
    judge_batch(batch("b"))
    assert len(children.pids()) == 2
    assert os.getpid() not in children.pids()
