"""A process on this machine that judges, as an executor of one."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Protocol

from chainrule.web import judge_worker

PRELOAD = "chainrule.web.judge_preload"
FORK = 60.0  # seconds for the process to be there; the first one waits for imports
log = logging.getLogger(__name__)


class Worker(Protocol):
    """Where one answer is judged at a time."""

    @property
    def executor(self) -> Executor:
        """Runs functions of `judge_worker`."""

    def alive(self) -> bool:
        """Whether it can be used."""

    def end(self) -> None:
        """Ends it, whatever it does; calls that run then fail with BrokenExecutor."""


class LocalWorker:
    """A process that is forked from one without threads, so that threads of the server do not matter."""

    def __init__(self) -> None:
        """Starts it. Raises BrokenExecutor or TimeoutError where that fails."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([PRELOAD])
        self._executor = ProcessPoolExecutor(1, mp_context=context, initializer=judge_worker.start)
        try:
            self._pid: int | None = self._executor.submit(os.getpid).result(FORK)
        except BaseException:
            self._executor.shutdown(wait=False, cancel_futures=True)
            raise

    @property
    def executor(self) -> Executor:
        """An executor with this one process."""
        return self._executor

    @property
    def pid(self) -> int | None:
        """The process; None once it was ended."""
        return self._pid

    def alive(self) -> bool:
        """Whether the process is there."""
        return self._signal(0)

    def end(self) -> None:
        """Kills the process."""
        self._signal(signal.SIGKILL)
        self._pid = None  # the number may be given to another process
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _signal(self, number: int) -> bool:
        if self._pid is None:
            return False
        try:
            os.kill(self._pid, number)
        except ProcessLookupError:
            return False
        return True
