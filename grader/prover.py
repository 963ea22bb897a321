"""Proofs in a warm process of their own, which is killed and started anew where a proof takes too long.

The clock only ever turns `proved` into `sampled`: a verdict never depends on it.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from grader.formula.reading import Formula
from grader.formula.transport import formula_record

DEADLINE = 1.0  # seconds for one proof
START = 10.0  # seconds for the process to import SymPy
_ROOT = Path(__file__).resolve().parent.parent


class Prover:
    """A process that proves equalities. A context manager: leaving it ends the process."""

    def __init__(self, deadline: float = DEADLINE) -> None:
        self.deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def __enter__(self) -> Prover:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Starts the process without waiting for it."""
        if self._process is None or self._process.poll() is not None:
            self._start()

    def close(self) -> None:
        """Ends the process."""
        process, self._process, self._ready = self._process, None, False
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()

    def proves(self, answer: Formula, key: Formula) -> bool:
        """True where the two are shown to be equal within the deadline; False says nothing."""
        request = json.dumps([formula_record(answer), formula_record(key)]) + "\n"
        try:
            self.warm_up()
            if not self._ready:
                self._ready = self._line(START) == b"ready"
            if self._ready and self._process and self._process.stdin:
                self._process.stdin.write(request.encode())
                self._process.stdin.flush()
                reply = self._line(self.deadline)
                if reply is not None:
                    return reply == b"true"
        except OSError:
            pass  # the process died: nothing shown, and a new one next time
        except BaseException:
            self.close()
            raise
        self.close()
        return False

    def _start(self) -> None:
        self.close()
        # -P and the working folder keep a learner's files from being imported
        command = [sys.executable, "-P", "-s", "-m", "grader.prover_process"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONSAFEPATH": "1"},
            cwd=_ROOT.anchor,
            start_new_session=True,  # Ctrl-C reaches the owner, who closes this process
        )

    def _line(self, seconds: float) -> bytes | None:
        """The next line of the process, None where it does not come in time."""
        assert self._process is not None and self._process.stdout is not None
        pipe, found, end = self._process.stdout, b"", time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while not found.endswith(b"\n"):
                left = end - time.monotonic()
                if left <= 0 or not selector.select(left):
                    return None
                piece = os.read(pipe.fileno(), 4096)
                if not piece:
                    return None
                found += piece
        return found.strip()
