"""The trusted end of a warm process, and of the children that it forks."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Protocol

from grader.sandbox import places
from grader.sandbox.report import SandboxError

MESSAGE = 1 << 16
START_SECONDS = 120.0
"""Importing torch from a cold disk on a busy machine takes long."""
DEATH_SECONDS = 10.0
ERROR_TAIL = 600


@dataclass(frozen=True)
class Ended:
    """How a child's process ended. status: as `os.waitpid` gives it. cpu_seconds: 0 where it cannot be told."""

    status: int
    cpu_seconds: float = 0.0


class Child(Protocol):
    """A process that waits for its limits. channel: records. output: what it prints, None where that is dropped."""

    channel: socket.socket
    output: int | None
    pid: int

    def wait(self, seconds: float) -> bool:
        """True where it has ended within the time."""

    def kill(self) -> None:
        """Ends it, if it has not ended."""

    def ended(self) -> Ended:
        """How it ended; waits for that. Raises SandboxError where it does not die."""

    def close(self) -> None:
        """Ends it, if it has not ended, and gives every descriptor back."""


class Server(Protocol):
    """Where children come from."""

    def child(self) -> Child:
        """A new child. Raises SandboxError where there is none to be had."""

    def close(self) -> None:
        """Ends the server's processes and gives everything back. Raises nothing."""


class ForkServer:
    """A warm process of one kind that forks a child for each submission, one at a time."""

    def __init__(self, packages: str) -> None:
        """Starts the process and returns at once. Raises SandboxError where that fails."""
        self._ready = False
        self._packages = packages
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._process = started(packages, role="warm", theirs=theirs)
        except BaseException:
            self._control.close()
            raise
        finally:
            theirs.close()

    def child(self) -> ForkedChild:
        """A new child of the warm process; waits until that is warm. Raises SandboxError."""
        if not self._ready:
            self._receive("ready", START_SECONDS)
            self._ready = True
        ours, channel = socket.socketpair()
        output, printed = os.pipe()
        try:
            self._send({"kind": "fork"}, channel.fileno(), printed)
            message, descriptors = self._receive("forked", DEATH_SECONDS)
        except BaseException:
            ours.close()
            os.close(output)
            raise
        finally:
            channel.close()
            os.close(printed)
        return ForkedChild(self, ours, output, message["pid"], descriptors[0] if descriptors else None)

    def close(self) -> None:
        """Ends the warm process, and with it its child."""
        self._control.close()
        end(self._process)

    def _send(self, message: dict[str, Any], *descriptors: int) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(message).encode("utf-8")], list(descriptors))
        except OSError as error:
            raise self._broken(f"it takes no message: {error.strerror}") from None

    def _receive(self, kind: str, seconds: float) -> tuple[dict[str, Any], list[int]]:
        self._control.settimeout(seconds)
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE, 1)
        except TimeoutError:
            raise self._broken(f"no answer within {seconds:.0f} s") from None
        except OSError:
            data = b""
        if not data:
            raise self._broken("it ended")
        message = json.loads(data)
        if message["kind"] != kind:
            raise self._broken(str(message.get("why", message["kind"])))
        return message, descriptors

    def _broken(self, why: str) -> SandboxError:
        return broken(self._packages, why, self._process)


class ForkedChild:
    """A child of a warm process. Its warm process must be told to fork again only after `ended`."""

    def __init__(
        self, server: ForkServer, channel: socket.socket, output: int, pid: int, descriptor: int | None
    ) -> None:
        self.channel, self.pid = channel, pid
        self.output: int | None = output
        self._server, self._descriptor = server, descriptor
        self._alive = True

    def wait(self, seconds: float) -> bool:
        """True where it has ended within the time."""
        ready, _, _ = select.select([self._server._control], [], [], seconds)
        return bool(ready)

    def kill(self) -> None:
        """Ends it, through its descriptor where there is one, so that no other process can be meant."""
        if self._descriptor is None:
            self._server._send({"kind": "kill"})
            return
        try:
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)
        except ProcessLookupError:
            return

    def ended(self) -> Ended:
        """How it ended, as the warm process saw it."""
        message, _ = self._server._receive("ended", DEATH_SECONDS)
        self._alive = False
        return Ended(message["status"], message["cpu"])

    def close(self) -> None:
        """Ends it, where `ended` has not been asked, and gives every descriptor back."""
        if self._alive:
            self.kill()
        self.channel.close()
        for descriptor in (self.output, self._descriptor):
            if descriptor is not None:
                os.close(descriptor)
        self.output = self._descriptor = None


def started(packages: str, *, role: str, theirs: socket.socket) -> subprocess.Popen[bytes]:
    """A fresh interpreter in a role ("warm", "alone") with the given end of a socket pair.

    It has a session of its own, so that Ctrl-C in a terminal reaches the trusted side only. Raises SandboxError.
    """
    if sys.platform == "win32":
        raise SandboxError("submissions cannot be run on Windows; use Linux, macOS or the Windows Subsystem for Linux")
    command = places.command(packages, role=role, descriptor=theirs.fileno())
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=places.SAFE_FOLDER,
            env=places.environment(),
            pass_fds=(theirs.fileno(),),
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxError(f"the interpreter cannot be started: {error}") from None


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that we started, buries it and closes its pipes."""
    process.kill()
    process.wait()
    if process.stderr is not None:
        process.stderr.close()


def broken(packages: str, why: str, process: subprocess.Popen[bytes]) -> SandboxError:
    """The error that says why a process of ours cannot be used, with the end of what it printed."""
    process.kill()
    said = b"" if process.stderr is None else process.stderr.read()
    tail = said.decode("utf-8", "replace").strip()[-ERROR_TAIL:]
    said_too = f" ({tail})" if tail else ""
    return SandboxError(f"the process that runs {packages} submissions cannot be used: {why}{said_too}")
