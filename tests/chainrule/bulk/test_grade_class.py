"""`chainrule grade-class`: what comes out, and that a run that was ended goes on where it stopped."""

from __future__ import annotations

import errno
import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import tricky_run
from handing_class import Class, Silent, hand_in_all, new_class
from tricky_judge import COMMAND, DIE, PAUSE

from chainrule import cli
from chainrule.bulk import executors, worker
from chainrule.bulk.executors import ExecutorError, LocalExecutor, LostExecutor, SlottedExecutor
from chainrule.bulk.judge_child import Children
from chainrule.bulk.judge_process import judging
from chainrule.bulk.run_lock import only_run
from chainrule.bulk.running import NO_LIST, grade_class
from chainrule.files import InputError
from chainrule.grading import Grader

Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    def run(found: Class, out: str, *more: str) -> tuple[int, str, str]:
        code = cli.run(found.arguments(out, *more))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """A class with code, graded here in this process."""
    found = new_class(tmp_path_factory.mktemp("class"), ("size", "dense", "softmax"))
    hand_in_all(found, 12)
    with pytest.MonkeyPatch.context() as patch, here(patch):
        grade_class(found.run("here", lambda: LocalExecutor(1)), Silent())
    return found


@pytest.fixture
def tricky(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Class]:
    """A class whose answers are judged by tricks."""
    _patch(monkeypatch, lambda: Children(COMMAND))
    yield new_class(tmp_path)
    worker.children().stop()


def _patch(patch: pytest.MonkeyPatch, children: Callable[[], Any]) -> None:
    made = functools.cache(children)
    patch.setattr(worker, "children", made)
    patch.setattr(executors, "children", made)


@contextmanager
def here(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Has answers judged in this process."""
    with Grader() as grader:
        judge = judging(grader)

        @contextmanager
        def one(device: str) -> Iterator[Any]:
            yield SimpleNamespace(judge=lambda request, seconds: judge(json.loads(json.dumps(request))))

        _patch(patch, lambda: SimpleNamespace(one=one, stop=lambda: None, stopped=False))
        yield


def results(found: Class, out: str) -> bytes:
    return (found.home / out / "results.jsonl").read_bytes()


def records(found: Class, out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in results(found, out).splitlines()]


def test_processes_find_what_is_found_in_this_one(graded: Class, ran: Ran) -> None:
    code, out, _ = ran(graded, "pool", "--jobs", "2", "--json")
    assert code == 0
    assert results(graded, "pool") == results(graded, "here")
    outcomes = {one["outcome"] for one in records(graded, "pool")}
    assert {"right", "wrong", "unreadable", "unanswered"} <= outcomes and "fault" not in outcomes
    summary = json.loads(out)
    assert (summary["students"], summary["handed_in"], summary["kept"]) == (12, 12, 0)
    assert summary["judged"] + summary["same"] == summary["answers"]


def test_a_second_run_judges_only_what_is_missing(graded: Class, ran: Ran) -> None:
    """Of the class that was graded in this process: one answer is taken from what was kept, one is new."""
    kept = graded.home / "here" / "judged.jsonl"
    lines = kept.read_bytes().splitlines(keepends=True)
    kept.write_bytes(b"".join(lines[1:]))
    before = results(graded, "here")
    code, out, _ = ran(graded, "here", "--jobs", "1")
    assert code == 0
    assert f": 1 judged, {len(lines) - 1} kept from before" in out.replace("\n", " ")
    assert results(graded, "here") == before


def test_every_part_of_every_student_has_a_result_in_order(graded: Class) -> None:
    found = records(graded, "here")
    items = graded.assignment.quiz_for("").items
    expected = [(n, part.id) for n, item in enumerate(items, start=1) for part in item.parts]
    assert len(found) == 12 * len(expected)
    assert [(one["student"], one["number"], one["part"]) for one in found] == [
        (f"s{student:03}", number, part) for student in range(12) for number, part in expected
    ]


def test_poison_is_listed_and_is_no_reason_to_stop(tricky: Class, ran: Ran) -> None:
    tricky.hand_in("ada", {(1, "a"): "1"})
    tricky.hand_in("bob", {(1, "a"): DIE})
    tricky.hand_in("eve", {(1, "a"): "2"})
    code, out, err = ran(tricky, "out", "--jobs", "2")
    assert code == 3
    assert "not judged: bob, 1. mine.size (a): the process that judged it ended, twice" in err
    assert "3 students, 3 handed in; 3 answers: 3 judged." in out
    assert [one["outcome"] for one in records(tricky, "out") if one["answer"]] == ["right", "fault", "right"]
    tricky.hand_in("bob", {(1, "a"): "3"})
    code, out, _ = ran(tricky, "out")
    assert code == 0
    assert "3 answers: 1 judged, 2 kept from before." in out


def test_wrong_answers_are_no_failure_and_the_same_answer_is_judged_once(tricky: Class, ran: Ran) -> None:
    for name in ("ada", "bob", "eve"):
        tricky.hand_in(name, {(1, "a"): "7"})
    code, out, _ = ran(tricky, "out", "--jobs", "1")
    assert code == 0
    assert "3 answers: 1 judged, 2 the same as another's." in out
    code, out, _ = ran(tricky, "out", "--again")
    assert code == 0
    assert "3 answers: 1 judged, 2 the same as another's." in out


def test_one_run_at_a_time_writes_into_a_folder(tricky: Class, ran: Ran) -> None:
    tricky.hand_in("ada", {(1, "a"): "7"})
    with only_run(tricky.home / "out"):
        code, _, err = ran(tricky, "out")
    assert code == 2
    assert f"another run (process {os.getpid()}) writes there" in err
    assert ran(tricky, "out")[0] == 0


def test_a_folder_without_submissions_is_told(tricky: Class, ran: Ran) -> None:
    code, _, err = ran(tricky, "out")
    assert code == 2
    assert "is it the right folder?" in err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--jobs", "0"], "--jobs"),
        (["--jobs", "1", "--cluster", "tcp://a:1"], "give one"),
        (["--cluster", "http://a:1"], "tcp://scheduler:8786"),
        (["--cluster", "tls://a:1"], "--tls-ca"),
        (["--tls-ca", __file__], "go together"),
    ],
)
def test_wrong_usage_is_told(tricky: Class, ran: Ran, more: list[str], said: str) -> None:
    tricky.hand_in("ada", {(1, "a"): "7"})
    code, _, err = ran(tricky, "out", *more)
    assert code == 2
    assert said in err


def test_results_are_not_written_over_submissions(tricky: Class, ran: Ran) -> None:
    code, _, err = ran(tricky, "submissions")
    assert code == 2
    assert "name another" in err


@contextmanager
def started(found: Class, out: str) -> Iterator[subprocess.Popen[str]]:
    """A run as a process of its own, once some answers are kept."""
    tests = Path(tricky_run.__file__).parent
    with subprocess.Popen(
        [sys.executable, tricky_run.__file__, *found.arguments(out, "--jobs", "1")],
        env={**os.environ, "PYTHONPATH": f"{tests}:{tests.parent}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        kept = found.home / out / "judged.jsonl"
        while (not kept.exists() or not kept.stat().st_size) and process.poll() is None:
            time.sleep(0.01)
        yield process


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_was_ended_goes_on_where_it_stopped(tricky: Class, ran: Ran, how: signal.Signals) -> None:
    for number in range(120):
        tricky.hand_in(f"s{number}", {(1, "a"): f"{PAUSE} {number}"})
    with started(tricky, "out") as process:
        process.send_signal(how)
        _, err = process.communicate(timeout=30)
    assert process.returncode == (130 if how == signal.SIGINT else -how), err
    assert ("the same command goes on from there" in err) == (how == signal.SIGINT)
    kept = tricky.home / "out" / "judged.jsonl"
    before = len(kept.read_bytes().splitlines())
    assert 0 < before < 120 and not (tricky.home / "out" / "results.jsonl").exists()
    code, out, _ = ran(tricky, "out", "--jobs", "2", "--json")
    summary = json.loads(out)
    assert code == 0
    assert (summary["judged"], summary["kept"]) == (120 - before, before)
    assert len({json.loads(line)["key"] for line in kept.read_bytes().splitlines()}) == 120
    assert [one["reading"] for one in records(tricky, "out") if one["answer"]] == sorted(
        (f"{PAUSE} {number}" for number in range(120)), key=lambda text: f"s{text.split()[1]}"
    )


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("chainrule.bulk.spool.Spool._put", "out: no space left on device; what was judged is kept"),
        (
            "chainrule.bulk.taking.Taking._copy",
            ": no space left on device, so submissions cannot be read; TMPDIR names",
        ),
    ],
)
def test_a_full_disk_is_told_with_the_remedy(
    tricky: Class, monkeypatch: pytest.MonkeyPatch, where: str, said: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(where, full)
    tricky.hand_in("ada", {(1, "a"): "7"})
    with pytest.raises(InputError, match=said):
        grade_class(tricky.run("out", lambda: LocalExecutor(1)), Silent())


def test_damaged_lines_are_told_and_judged_anew(tricky: Class) -> None:
    tricky.hand_in("ada", {(1, "a"): "7"})
    (tricky.home / "out").mkdir()
    (tricky.home / "out" / "judged.jsonl").write_text('{"key": "00", "verdict": {}, "seconds": 0}\n')
    watcher = Silent()
    assert grade_class(tricky.run("out", lambda: LocalExecutor(1)), watcher).judged == 1
    assert [line.rpartition("/")[2] for line in watcher.said] == [
        "judged.jsonl: 1 damaged line left out; what stood there is judged anew"
    ]


def test_own_numbers_without_a_list_of_the_class_are_told(tricky: Class) -> None:
    tricky.hand_in("ada", {})
    run, watcher = tricky.run("out", lambda: LocalExecutor(1)), Silent()
    grade_class(replace(run, assignment=replace(run.assignment, own_numbers=True)), watcher)
    assert watcher.said == [NO_LIST]


def test_what_goes_on_after_judging_anew_was_interrupted_is_told(
    tricky: Class, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("chainrule.bulk.running.Rounds.run", interrupted)
    code, _, err = ran(tricky, "out", "--again")
    assert code == 130 and "the same command without --again goes on from there" in err


def test_an_executor_that_was_lost_is_opened_again(tricky: Class) -> None:
    class Fragile(LocalExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            raise LostExecutor("it went")

    opened: list[SlottedExecutor] = [LocalExecutor(1), Fragile(1)]
    tricky.hand_in("ada", {(1, "a"): "7"})
    watcher = Silent()
    summary = grade_class(tricky.run("out", opened.pop), watcher)
    assert summary.judged == 1 and opened == []
    assert watcher.said == ["it went; trying again for 120 s"]


def test_what_an_executor_judged_before_it_was_lost_is_counted_once(
    tricky: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Fragile(LocalExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            if sent:
                next(iter(sent)).result()
                raise LostExecutor("it went")
            sent.append(super().submit(fn, *args, **kwargs))
            return sent[0]

    sent: list[Any] = []
    shown: list[int] = []
    opened: list[SlottedExecutor] = [LocalExecutor(1), Fragile(1)]
    monkeypatch.setattr("chainrule.bulk.judging.BATCH", 2.0)
    monkeypatch.setattr("chainrule.bulk.judging.AHEAD", 1)
    for number in range(9):
        tricky.hand_in(f"s{number}", {(1, "a"): f"{number}"})
    assert grade_class(tricky.run("out", opened.pop), Silent(shown.append)).judged == 9
    assert [done for done in dict.fromkeys(shown) if done] == [1, 2, 3, 4, 5, 6, 7, 8, 9]  # shown again where it waits


def test_where_nobody_judges_any_more_what_is_kept_is_told(tricky: Class) -> None:
    tricky.hand_in("ada", {(1, "a"): "7"})
    tries = iter([LocalExecutor(1)])

    def open_once() -> SlottedExecutor:
        for executor in tries:
            executor.shutdown()
            return executor
        raise ExecutorError("nobody there")

    with pytest.raises(ExecutorError, match="nobody there; 0 judgements are kept"):
        grade_class(tricky.run("out", open_once, patience=0), Silent())
