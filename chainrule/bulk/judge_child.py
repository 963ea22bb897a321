"""A process that judges, seen from its owner: one answer at a time, within its time, or the process is ended."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

START = 120.0  # seconds more for the first answer of a process; imports on a busy machine take long
MOST = 5_000  # answers that one process judges, so that nothing in it grows for ever
ROOT = Path(__file__).resolve().parents[2]
# -P, the working folder and PYTHONPATH keep files of students from being imported; -s those of the user
COMMAND = (sys.executable, "-P", "-s", "-m", "chainrule.bulk.judge_process")
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}


class ChildEnded(Exception):
    """The process ended while it judged."""


class TookTooLong(Exception):
    """The answer was not judged in its time; the process was ended."""


class Child:
    """One such process, in an empty folder of its own. It starts with the first answer, and again after it ended."""

    def __init__(self, device: str = "cpu", command: Sequence[str] = COMMAND) -> None:
        self.device = device
        self._command = (*command, device)
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryDirectory[str] | None = None
        self._judged = 0
        self._rest = b""

    @property
    def pid(self) -> int | None:
        """The process; None where there is none."""
        return self._process.pid if self._process else None

    def judge(self, request: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """The verdict as data. Raises ChildEnded or TookTooLong; the next answer gets another process."""
        if self._judged >= MOST:
            self.close()
        seconds += 0 if self._judged else START
        try:
            line = self._answered(json.dumps(request).encode() + b"\n", seconds)
        except BaseException:
            self.close()
            raise
        self._judged += 1
        found: dict[str, Any] = json.loads(line)
        return found

    def kill(self) -> None:
        """Kills the process from another thread than the one that asks it; `judge` then raises ChildEnded."""
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """Ends the process, whatever it does; what it started ends with it."""
        process, self._process, self._judged, self._rest = self._process, None, 0, b""
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _start(self) -> subprocess.Popen[bytes]:
        self._folder = TemporaryDirectory(prefix="chainrule-judge-", ignore_cleanup_errors=True)
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
            cwd=self._folder.name,
            start_new_session=True,  # Ctrl-C reaches the owner, who decides
            bufsize=0,
        )

    def _answered(self, request: bytes, seconds: float) -> bytes:
        process = self._process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None
        until = time.monotonic() + seconds
        try:
            _send(process.stdin.fileno(), request, until)
            return self._line(process.stdout.fileno(), until)
        except OSError:
            raise ChildEnded from None

    def _line(self, pipe: int, until: float) -> bytes:
        found = self._rest
        while b"\n" not in found:
            _wait(pipe, selectors.EVENT_READ, until)
            piece = os.read(pipe, 1 << 16)
            if not piece:
                raise ChildEnded
            found += piece
        line, _, self._rest = found.partition(b"\n")
        return line


def _send(pipe: int, data: bytes, until: float) -> None:
    os.set_blocking(pipe, False)
    while data:
        _wait(pipe, selectors.EVENT_WRITE, until)
        data = data[os.write(pipe, data) :]


def _wait(pipe: int, event: int, until: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, event)
        if not selector.select(max(0.0, until - time.monotonic())):
            raise TookTooLong


class Children:
    """The processes of one owner: one for each thread that judges at a time; they wait for the next answers."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._lock = Lock()
        self._idle: list[Child] = []
        self._busy: list[Child] = []
        self.stopped = False

    @contextmanager
    def one(self, device: str) -> Iterator[Child]:
        """A process for this thread alone."""
        with self._lock:
            child = next((one for one in self._idle if one.device == device), None)
            if child is None:
                child = Child(device, self._command)
            else:
                self._idle.remove(child)
            self._busy.append(child)
        try:
            yield child
        finally:
            with self._lock:
                self._busy.remove(child)
                stopped = self.stopped
                if not stopped:
                    self._idle.append(child)
            if stopped:
                child.close()

    def pids(self) -> list[int]:
        """Those that there are."""
        with self._lock:
            return [child.pid for child in [*self._idle, *self._busy] if child.pid is not None]

    def stop(self) -> None:
        """Ends them all; those that judge are killed, and whoever waits for their answer gets ChildEnded."""
        with self._lock:
            self.stopped = True
            idle, self._idle = self._idle, []
            for child in self._busy:
                child.kill()
        for child in idle:
            child.close()


@cache
def children() -> Children:
    """Those of this process."""
    return Children()
