"""Judging many answers: none lost, none twice, few in flight, and only who breaks a worker is blamed for it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path
from typing import Any

import pytest
from tricky_judge import right, task

from chainrule.bulk.executors import LostExecutor, SlottedExecutor
from chainrule.bulk.judging import AHEAD, BATCH, judge_all
from chainrule.bulk.kept import Kept
from chainrule.bulk.records import Judgement, Task
from chainrule.bulk.worker import Batch


def judge(batch: Batch) -> list[Judgement]:
    """Right, except for poison, which breaks the worker."""
    if any("poison" in one.answer for one in batch.tasks):
        raise BrokenExecutor("the worker ended")
    return [Judgement(one.key, right(one.answer)) for one in batch.tasks]


class Here(SlottedExecutor):
    """Runs the oldest batch when `turn` is called, which the tests' tasks do; notes what it was sent."""

    def __init__(self, slots: int = 2) -> None:
        self._slots = slots
        self.sent: list[list[str]] = []
        self.most = 0
        self.waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    @property
    def slots(self) -> int:
        return self._slots

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.sent.append([one.answer for one in args[0].tasks])
        self.waiting.append((future, lambda: fn(*args)))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == AHEAD * self._slots or self._last:
            self.turn()
        return future

    _last = False

    def turn(self) -> None:
        for future, run in self.waiting:
            try:
                future.set_result(run())
            except Exception as error:
                future.set_exception(error)
        self.waiting = []


class AtOnce(Here):
    """Runs each batch as it is sent."""

    _last = True


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    with Kept(tmp_path / "judged.jsonl") as found:
        yield found


def judged(
    tasks: Iterable[Task | None], executor: SlottedExecutor, kept: Kept, cost: float = BATCH / 4
) -> dict[str, str]:
    """Answers with their outcomes; each came once, and was kept before."""
    by_key = {}

    def told() -> Iterator[Task | None]:
        for one in tasks:
            if one is not None:
                by_key[one.key] = one.answer
            yield one

    found = []
    for one in judge_all(told(), executor, kept, batch=batch, cost=lambda _: cost, judge=judge):
        assert kept[one.key] == one
        found.append((by_key[one.key], one.verdict["outcome"]))
    assert len(found) == len(dict(found))
    return dict(found)


def batch(tasks: tuple[Task, ...]) -> Batch:
    return Batch(tasks, "v")


def answers(count: int) -> list[Task]:
    return [task(f"{number}") for number in range(count)]


def test_each_key_is_judged_once(kept: Kept) -> None:
    executor = AtOnce()
    twice = [task("0"), *answers(30), *answers(30)]
    assert judged(twice, executor, kept) == {f"{number}": "right" for number in range(30)}
    assert Counter(itertools.chain(*executor.sent)) == {f"{number}": 1 for number in range(30)}


def test_what_is_kept_is_not_judged(kept: Kept) -> None:
    kept.add([Judgement(one.key, right()) for one in answers(10)])
    executor = AtOnce()
    assert judged(answers(12), executor, kept) == {"10": "right", "11": "right"}
    assert executor.sent == [["10", "11"]]


def test_batches_are_as_large_as_their_cost_allows(kept: Kept) -> None:
    executor = AtOnce()
    judged(answers(20), executor, kept, cost=BATCH / 8)
    assert [len(one) for one in executor.sent] == [8, 8, 4]


def test_few_are_in_flight_and_no_more_are_read(kept: Kept) -> None:
    executor = Here(slots=2)
    read = 0

    def endless() -> Iterator[Task]:
        nonlocal read
        for read in itertools.count(1):
            yield task(f"{read}")

    found = judge_all(endless(), executor, kept, batch=batch, cost=lambda _: BATCH, judge=judge)
    for _ in range(20):
        next(found)
        assert read - len(kept) <= AHEAD * 2
    assert executor.most == AHEAD * 2


def test_poison_is_blamed_and_nobody_beside_it(kept: Kept) -> None:
    executor = AtOnce()
    mixed = [*answers(6), task("poison a"), task("6"), task("poison b"), *answers(20)]
    found = judged(mixed, executor, kept, cost=BATCH / 10)
    assert {answer for answer, outcome in found.items() if outcome == "fault"} == {"poison a", "poison b"}
    assert len(found) == 22
    alone = [one for one in executor.sent if "poison a" in one]
    assert [len(one) for one in alone] == [10, 1, 1]
    assert "ended, twice" in kept[task("poison a").key].verdict["feedback"][0]["data"]["what"]


def test_what_broke_a_worker_by_chance_is_judged(kept: Kept) -> None:
    broke = Counter[str]()

    def unlucky(batch: Batch) -> list[Judgement]:
        first = batch.tasks[0].answer
        broke[first] += 1
        if broke[first] == 1:
            raise BrokenExecutor
        return judge(batch)

    executor = AtOnce()
    found = list(judge_all(answers(3), executor, kept, batch=batch, judge=unlucky))
    assert [one.verdict["outcome"] for one in found] == ["right"] * 3


def test_a_worker_that_leaves_an_answer_out_is_told(kept: Kept) -> None:
    found = judge_all(answers(2), AtOnce(), kept, batch=batch, judge=lambda batch: judge(batch)[:1])
    assert [one.verdict["outcome"] for one in found] == ["right", "fault"]


def test_nothing_at_present_is_no_end(kept: Kept) -> None:
    executor = AtOnce()
    slow = [task("0"), None, None, task("1"), None, task("2")]
    assert judged(slow, executor, kept, cost=1) == {"0": "right", "1": "right", "2": "right"}
    assert executor.sent == [["0"], ["1"], ["2"]]


def test_an_executor_that_goes_is_told_and_what_came_is_kept(kept: Kept) -> None:
    class Going(AtOnce):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if len(self.sent) == 2:
                gone: Future[Any] = Future()
                gone.set_exception(LostExecutor("it went"))
                return gone
            return super().submit(fn, *args, **kwargs)

    with pytest.raises(LostExecutor, match="it went"):
        judged(answers(30), Going(slots=1), kept)
    done = len(kept)
    assert done == 8  # also what came in the same moment
    assert len(judged(answers(30), AtOnce(), kept)) == 30 - done


def test_an_executor_that_takes_nothing_any_more_is_told(kept: Kept) -> None:
    class Closed(AtOnce):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            raise RuntimeError("cannot schedule new futures after shutdown")

    with pytest.raises(LostExecutor, match="after shutdown"):
        judged(answers(3), Closed(), kept)


def test_cancelled_from_outside_is_lost(kept: Kept) -> None:
    class Cancelling(AtOnce):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    with pytest.raises(LostExecutor, match="lost"):
        judged(answers(3), Cancelling(), kept)
