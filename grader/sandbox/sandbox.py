"""The sandbox: owns the warm processes and runs tasks in children of theirs."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Collection
from functools import partial
from types import TracebackType

from grader.sandbox.report import Report, SandboxError
from grader.sandbox.running import run, wait_for_gpu
from grader.sandbox.server import ForkServer, Server
from grader.sandbox.task import Task


class Sandbox:
    """Runs submissions, each in a confined process of its own. Use it as a context manager, or call `close`.

    Warm processes start on demand and stay until then. Calls from several threads take turns. A process that was forked
    from this one must make its own.
    """

    def __init__(
        self,
        *,
        fork: bool = sys.platform == "linux",
        wrap: bool = True,
        at_least: Collection[str] = (),
        device: str = "cpu",
    ) -> None:
        """fork: children are forked from a warm process; otherwise each is a fresh one, which is slower.

        wrap: a warm process that forks is put inside bubblewrap, where there is one and it works.
        at_least: layers of confinement (`inside/confine.py`) without which `run` raises SandboxError.
        device: "cpu", or "cuda": torch then makes its tensors on the GPU, unless the submission says where.
        """
        self._at_least = tuple(at_least)
        self._device = device
        self._start: Callable[[str], Server] = partial(ForkServer, wrap=wrap) if fork else _fresh_server
        self._servers: dict[str, Server] = {}
        self._turn = threading.Lock()

    def warm_up(self, packages: str = "numpy") -> None:
        """Starts the warm process for "numpy" or "torch" where there is none, and does not wait for it.

        A failure shows when a task is run.
        """
        with self._turn:
            try:
                self._server(self._kind(packages))
            except SandboxError:
                return

    def run(self, task: Task) -> Report:
        """What the task came to, whatever the submission does.

        Raises SandboxError where no confined process can be had, TypeError where an input cannot be passed.
        """
        with self._turn:
            try:
                return self._run(task)
            except SandboxError:
                self._discard(self._kind(task.packages))
            return self._run(task)  # once more: the warm process may have been ended from outside

    def close(self) -> None:
        """Ends every process that this sandbox started. It can be used again; then they start anew."""
        with self._turn:
            for kind in list(self._servers):
                self._discard(kind)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, task: Task) -> Report:
        kind = self._kind(task.packages)
        try:
            child = self._server(kind).child()
            try:
                if kind == "cuda":
                    wait_for_gpu(child)
                return run(child, task, self._at_least)
            finally:
                child.close()
        except BaseException:
            self._discard(kind)  # its child may still be alive, and dies with it
            raise

    def _kind(self, packages: str) -> str:
        return "cuda" if packages == "torch" and self._device == "cuda" else packages

    def _server(self, kind: str) -> Server:
        if kind not in self._servers:
            self._servers[kind] = self._start(kind)
        return self._servers[kind]

    def _discard(self, kind: str) -> None:
        server = self._servers.pop(kind, None)
        if server is not None:
            server.close()


def _fresh_server(packages: str) -> Server:
    from grader.sandbox.alone import FreshServer

    return FreshServer(packages)
