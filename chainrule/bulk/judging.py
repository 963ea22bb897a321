"""Judging many answers with an executor: few batches in flight, none lost, none judged twice.

A batch that breaks its worker is judged again, one answer at a time; one that breaks its worker twice is a `fault`.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait

from chainrule.bulk.executors import LostExecutor, SlottedExecutor
from chainrule.bulk.kept import Kept
from chainrule.bulk.records import Judgement, Task
from chainrule.bulk.worker import BROKE, TRIES, Batch, faulty, judge_batch

BATCH = 40.0  # cost of a batch: a second or so
AHEAD = 3  # batches for each that can be judged at once, so that no worker waits
TICK = 1.0  # seconds between looks at how many workers there are

Judge = Callable[[Batch], list[Judgement]]
Pending = Future[list[Judgement]]


def judge_all(
    tasks: Iterable[Task | None],
    executor: SlottedExecutor,
    kept: Kept,
    *,
    batch: Callable[[tuple[Task, ...]], Batch],
    cost: Callable[[Task], float] = lambda _: 1.0,
    judge: Judge = judge_batch,
    idle: Callable[[], None] = lambda: None,
) -> Iterator[Judgement]:
    """The judgements that are not kept yet, as they come; each is kept before it is given out, and each key once.

    tasks: None in between says that there is nothing at present. batch: what a worker is sent. cost: of an answer, as
    against a formula's 1. idle: called about once a second while nothing comes.
    Raises LostExecutor where the executor is gone.
    """
    flight = _Flight(executor, kept, batch, judge)
    waiting = _batches(tasks, flight, cost)
    try:
        while True:
            flight.fill(waiting)
            if not flight.pending:
                if flight.all_sent:
                    return
                idle()
                continue
            done, _ = wait(flight.pending, timeout=TICK, return_when=FIRST_COMPLETED)
            if not done:
                idle()
            lost: LostExecutor | None = None
            for future in done:
                try:
                    found = flight.landed(future)
                except LostExecutor as error:
                    lost = error  # told once what came beside it is kept
                    continue
                kept.add(found)
                yield from found
                flight.keys.difference_update(one.key for one in found)
            if lost is not None:
                raise lost
    finally:
        for future in flight.pending:
            future.cancel()


def _batches(
    tasks: Iterable[Task | None], flight: _Flight, cost: Callable[[Task], float]
) -> Iterator[tuple[Task, ...]]:
    """Tasks whose keys are new, gathered up to a batch's cost; what there is, also nothing, where more is to come."""
    found, costs = list[Task](), 0.0
    for task in tasks:
        if task is None:
            yield tuple(found)
            found, costs = [], 0.0
            continue
        if not flight.is_new(task.key):
            continue
        flight.keys.add(task.key)
        found.append(task)
        costs += cost(task)
        if costs >= BATCH:
            yield tuple(found)
            found, costs = [], 0.0
    if found:
        yield tuple(found)


class _Flight:
    """The batches that are being judged, and the answers that are judged alone since their batch broke a worker."""

    def __init__(
        self, executor: SlottedExecutor, kept: Kept, batch: Callable[[tuple[Task, ...]], Batch], judge: Judge
    ) -> None:
        self._executor, self._kept, self._batch, self._judge = executor, kept, batch, judge
        self.pending: dict[Pending, tuple[Task, ...]] = {}
        self.keys: set[str] = set()  # in a batch, and not kept yet
        self.all_sent = False
        self._alone: deque[Task] = deque()
        self._broke: Counter[str] = Counter()

    def is_new(self, key: str) -> bool:
        return key not in self.keys and key not in self._kept

    def fill(self, waiting: Iterator[tuple[Task, ...]]) -> None:
        """Sends batches as long as there is room."""
        room = AHEAD * max(1, self._executor.slots) - len(self.pending)
        for _ in range(room):
            tasks = (self._alone.popleft(),) if self._alone else next(waiting, None)
            if not tasks:
                self.all_sent = tasks is None
                return
            self._send(tasks)

    def _send(self, tasks: tuple[Task, ...]) -> None:
        try:
            self.pending[self._executor.submit(self._judge, self._batch(tasks))] = tasks
        except RuntimeError as error:  # also BrokenExecutor
            raise LostExecutor(f"nothing can be judged any more: {error}") from None

    def landed(self, future: Pending) -> list[Judgement]:
        """What the batch came to; nothing where its answers are to be judged again."""
        tasks = self.pending.pop(future)
        try:
            found = {one.key: one for one in future.result()}
        except CancelledError:
            raise LostExecutor("the connection to those that judge was lost") from None
        except LostExecutor:
            raise
        except Exception as error:
            return self._broken(tasks, error)
        return [found.get(task.key) or faulty(task, "the worker gave no verdict") for task in tasks]

    def _broken(self, tasks: tuple[Task, ...], error: Exception) -> list[Judgement]:
        """Has the answers judged alone. Only one that was alone is blamed: nothing else can have done it."""
        if len(tasks) > 1:
            self._alone.extend(tasks)
            return []
        (task,) = tasks
        self._broke[task.key] += 1
        if self._broke[task.key] < TRIES:
            self._alone.append(task)
            return []
        return [faulty(task, f"{BROKE} ({type(error).__name__})")]
