"""Judging what was read; where the executor is lost in the middle, with another one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeAlias

from chainrule.bulk.asking import Asking
from chainrule.bulk.executors import ExecutorError, LostExecutor, SlottedExecutor
from chainrule.bulk.judging import judge_all
from chainrule.bulk.kept import Kept
from chainrule.bulk.progress import Pace, Watcher
from chainrule.bulk.records import Task
from chainrule.bulk.spool import Spool
from chainrule.bulk.summary import Summary

RECONNECT = 120.0  # seconds for a scheduler that went to come back
PAUSE = 5.0

Open: TypeAlias = Callable[[], SlottedExecutor]


class Rounds:
    """Judges all tasks of the spool that are not kept, and counts."""

    def __init__(
        self,
        open: Open,
        asking: Asking,
        spool: Spool,
        kept: Kept,
        watcher: Watcher,
        summary: Summary,
        patience: float,
    ) -> None:
        """patience: seconds for an executor that was lost to come back."""
        self._open, self._asking, self._spool, self._kept = open, asking, spool, kept
        self._watcher, self._summary, self._patience = watcher, summary, patience
        self._pace = Pace()
        self._skipped = 0
        self._idle_said = False

    def run(self) -> None:
        """Judges until nothing is left. Raises ExecutorError where there is nobody to judge any more."""
        began = time.monotonic()
        executor = self._open()
        while True:
            try:
                self._round(executor)
                break
            except LostExecutor as error:
                executor = self._reopened(error)
        self._summary.seconds = round(time.monotonic() - began, 3)
        self._summary.answers = self._spool.asked

    def _round(self, executor: SlottedExecutor) -> None:
        done = False
        self._pace = Pace()  # what an earlier round judged is kept by now, and counted there
        try:
            executor.share(self._asking.references)
            for judgement in judge_all(
                self._tasks(),
                executor,
                self._kept,
                batch=self._asking.batch,
                cost=self._asking.cost,
                idle=lambda: self._idle(executor),
            ):
                self._pace.add()
                self._summary.judged += 1
                self._summary.working += judgement.seconds
                self._show()
            done = True
        finally:
            executor.shutdown(cancel_futures=not done)

    def _tasks(self) -> Iterator[Task | None]:
        """All tasks that are not kept; counts those that are, by an earlier run or from another student."""
        self._skipped, self._summary.kept = 0, 0
        for task in self._spool.tasks():
            if task is not None and task.key in self._kept:
                self._skipped += 1
                self._summary.kept += self._kept.earlier(task.key)
            else:
                yield task

    def _idle(self, executor: SlottedExecutor) -> None:
        self._show()
        if executor.slots:
            self._idle_said = False
        elif not self._idle_said:
            self._idle_said = True
            self._watcher.say("no worker is connected; waiting for one. Ctrl-C ends, what is judged is kept")

    def _show(self) -> None:
        self._watcher.show(self._pace.state(self._skipped, self._spool.asked, reading=not self._spool.whole))

    def _reopened(self, lost: LostExecutor) -> SlottedExecutor:
        """Another executor, once there is one again."""
        self._watcher.say(f"{lost}; trying again for {self._patience:g} s")
        until = time.monotonic() + self._patience
        while True:
            try:
                return self._open()
            except ExecutorError as error:
                if time.monotonic() >= until:
                    kept = f"{len(self._kept)} judgements are kept, and the same command goes on from there"
                    raise ExecutorError(f"{error}; {kept}") from None
            time.sleep(min(PAUSE, max(0.0, until - time.monotonic())))
