"""Children that are fresh processes, one for each submission: where a fork is not safe (other systems than Linux)."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess

from grader.sandbox.inside.channel import Closed, receive
from grader.sandbox.report import SandboxError
from grader.sandbox.server import DEATH_SECONDS, START_SECONDS, Child, Ended, broken, end, started


class FreshServer:
    """Starts one process ahead, so that it imports its packages while nothing is asked of it."""

    def __init__(self, packages: str) -> None:
        """Starts the first process and returns at once. Raises SandboxError where that fails."""
        self._packages = packages
        self._ahead: FreshChild | None = self._start()

    def child(self) -> Child:
        """A process of its own for one submission; waits until it is warm. Raises SandboxError."""
        child = self._ahead or self._start()
        self._ahead = None
        try:
            child.wait_until_warm(self._packages)
            self._ahead = self._start()
        except BaseException:
            child.close()
            raise
        return child

    def close(self) -> None:
        """Ends the process started ahead."""
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None

    def _start(self) -> FreshChild:
        ours, theirs = socket.socketpair()
        try:
            process = started(self._packages, role="alone", theirs=theirs)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        return FreshChild(process, ours)


class FreshChild:
    """A process of one submission, with a session of its own."""

    def __init__(self, process: subprocess.Popen[bytes], channel: socket.socket) -> None:
        self.channel, self.pid = channel, process.pid
        self.output = None if process.stderr is None else process.stderr.fileno()
        self._process = process

    def wait_until_warm(self, packages: str) -> None:
        """Returns once the packages are imported. Raises SandboxError where that fails or takes too long."""
        why = f"no answer within {START_SECONDS:.0f} s"
        if select.select([self.channel], [], [], START_SECONDS)[0]:
            try:
                answer = receive(self.channel.fileno())
            except (Closed, OSError):
                self.wait(DEATH_SECONDS)
                raise broken(packages, "it ended", self._process) from None
            if answer.kind == "warm":
                return
            why = str(answer.header.get("why", answer.kind))
        raise broken(packages, why, self._process)

    def wait(self, seconds: float) -> bool:
        """True where it has ended within the time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """Ends it and its group, if it has not ended."""
        if self._process.poll() is None:
            os.killpg(self.pid, signal.SIGKILL)

    def ended(self) -> Ended:
        """How it ended. Raises SandboxError where it does not die."""
        if not self.wait(DEATH_SECONDS):
            raise SandboxError("a process did not end when it was killed")
        code = self._process.returncode
        return Ended(-code if code < 0 else code << 8)

    def close(self) -> None:
        """Ends it and gives every descriptor back."""
        self.kill()
        end(self._process)
        self.channel.close()
