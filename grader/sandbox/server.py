"""The trusted end of a warm process, and of the children that it forks."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.sandbox import bubblewrap, places
from grader.sandbox.report import SandboxError

MESSAGE = 1 << 16
START_SECONDS = 120.0
"""Importing torch from a cold disk on a busy machine takes long."""
DEATH_SECONDS = 10.0
ERROR_TAIL = 600
MOST_DYING = 1
"""Killed children that may still give their memory back while the next one is made."""


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
    """A warm process of one kind that forks a child for each submission.

    A child is forked ahead, so that the next task need not wait for it; a child that was killed may still be dying
    while the next one runs.
    """

    def __init__(self, packages: str, *, wrap: bool = True) -> None:
        """Starts the process and returns at once. Raises SandboxError where that fails.

        wrap: inside bubblewrap, where there is one and it works; never with a GPU, whose devices are not in there.
        """
        self._packages = packages
        self._start(wrap=wrap and packages != "cuda" and bubblewrap.is_there())

    def _start(self, *, wrap: bool) -> None:
        self._ready = False
        self._wrapped = wrap
        self._ahead: tuple[socket.socket, int] | None = None  # channel and output of a child that was asked for
        self._heard: list[tuple[dict[str, Any], list[int]]] = []  # messages that nobody has waited for yet
        self._dying: list[int] = []
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._process = started(self._packages, role="warm", theirs=theirs, wrap=wrap)
        except BaseException:
            self._control.close()
            raise
        finally:
            theirs.close()

    def child(self) -> ForkedChild:
        """A new child of the warm process; waits until that is warm. Raises SandboxError."""
        if not self._ready:
            self._wait_until_warm()
        while len(self._dying) > MOST_DYING:
            self.ended(self._dying[0])
        if self._ahead is None:
            self._fork_ahead()
        message, descriptors = self._receive("forked", DEATH_SECONDS)
        assert self._ahead is not None
        (channel, output), self._ahead = self._ahead, None
        child = ForkedChild(self, channel, output, message["pid"], descriptors[0] if descriptors else None)
        try:
            self._fork_ahead()
        except BaseException:
            child.close()
            raise
        return child

    def close(self) -> None:
        """Ends the warm process, and with it its children."""
        if self._ahead is not None:
            channel, output = self._ahead
            channel.close()
            os.close(output)
            self._ahead = None
        for _, descriptors in self._heard:
            for descriptor in descriptors:
                os.close(descriptor)
        self._heard.clear()
        self._control.close()
        end(self._process)

    def ended(self, pid: int) -> Ended:
        """How that child ended; waits for it. Raises SandboxError."""
        message, _ = self._receive("ended", DEATH_SECONDS, pid)
        if pid in self._dying:
            self._dying.remove(pid)
        return Ended(message["status"], message["cpu"])

    def has_ended(self, pid: int, seconds: float) -> bool:
        """True where that child ends within the time."""
        end = time.monotonic() + seconds
        while not any(message["kind"] == "ended" and message["pid"] == pid for message, _ in self._heard):
            left = max(0.0, end - time.monotonic())
            if not select.select([self._control], [], [], left)[0]:
                return False
            self._heard.append(self._next(DEATH_SECONDS))
        return True

    def let_die(self, pid: int) -> None:
        """Nobody waits for the end of that child, which was killed."""
        self._dying.append(pid)

    def tell(self, message: dict[str, Any], *descriptors: int) -> None:
        """Sends a message to the warm process. Raises SandboxError."""
        try:
            socket.send_fds(self._control, [json.dumps(message).encode("utf-8")], list(descriptors))
        except OSError as error:
            raise self._broken(f"it takes no message: {error.strerror}") from None

    def _wait_until_warm(self) -> None:
        try:
            self._receive("ready", START_SECONDS)
        except SandboxError:
            if not self._wrapped:
                raise
            self.close()  # bubblewrap is there and does not work, as in most containers: without it, then
            self._start(wrap=False)
            self._receive("ready", START_SECONDS)
        self._ready = True

    def _fork_ahead(self) -> None:
        """Asks for one more child and does not wait for it."""
        ours, channel = socket.socketpair()
        output, printed = os.pipe()
        try:
            self.tell({"kind": "fork"}, channel.fileno(), printed)
        except BaseException:
            ours.close()
            os.close(output)
            raise
        finally:
            channel.close()
            os.close(printed)
        self._ahead = ours, output

    def _receive(self, kind: str, seconds: float, pid: int | None = None) -> tuple[dict[str, Any], list[int]]:
        """The next message of that kind, and about that child; others are kept for whoever waits for them."""
        end = time.monotonic() + seconds
        while True:
            for heard in self._heard:
                if heard[0]["kind"] == kind and pid in (None, heard[0].get("pid")):
                    self._heard.remove(heard)
                    return heard
            self._heard.append(self._next(max(0.001, end - time.monotonic()), within=seconds))

    def _next(self, seconds: float, within: float = 0.0) -> tuple[dict[str, Any], list[int]]:
        self._control.settimeout(seconds)
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE, 1)
        except TimeoutError:
            raise self._broken(f"no answer within {within or seconds:.0f} s") from None
        except OSError:
            data = b""
        if not data:
            raise self._broken("it ended")
        message = json.loads(data)
        if message["kind"] not in ("ready", "forked", "ended"):
            raise self._broken(str(message.get("why", message["kind"])))
        return message, list(descriptors)

    def _broken(self, why: str) -> SandboxError:
        return broken(self._packages, why, self._process)


class ForkedChild:
    """A child of a warm process."""

    def __init__(
        self, server: ForkServer, channel: socket.socket, output: int, pid: int, descriptor: int | None
    ) -> None:
        self.channel = channel
        self.output: int | None = output
        self._server, self._number, self._descriptor = server, pid, descriptor
        self.pid = pid if descriptor is None else _seen_from_here(descriptor)
        self._alive = True

    def wait(self, seconds: float) -> bool:
        """True where it has ended within the time."""
        return self._server.has_ended(self._number, seconds)

    def kill(self) -> None:
        """Ends it, through its descriptor where there is one, so that no other process can be meant."""
        if self._descriptor is None:
            self._server.tell({"kind": "kill", "pid": self._number})
            return
        try:
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)
        except ProcessLookupError:
            return

    def ended(self) -> Ended:
        """How it ended, as the warm process saw it."""
        self._alive = False
        return self._server.ended(self._number)

    def close(self) -> None:
        """Kills it, where `ended` has not been asked, and gives every descriptor back."""
        if self._alive:
            self._alive = False
            self.kill()
            self._server.let_die(self._number)
        self.channel.close()
        for descriptor in (self.output, self._descriptor):
            if descriptor is not None:
                os.close(descriptor)
        self.output = self._descriptor = None


def _seen_from_here(descriptor: int) -> int:
    """The number of the process that a descriptor stands for: bubblewrap's process table counts anew. 0 if it is gone.

    Source: pidfd_open(2), proc(5).
    """
    for line in Path(f"/proc/self/fdinfo/{descriptor}").read_text("ascii").splitlines():
        if line.startswith("Pid:"):
            return max(0, int(line.removeprefix("Pid:")))
    return 0


def started(packages: str, *, role: str, theirs: socket.socket, wrap: bool = False) -> subprocess.Popen[bytes]:
    """A fresh interpreter in a role ("warm", "alone") with the given end of a socket pair. wrap: inside bubblewrap.

    It has a session of its own, so that Ctrl-C in a terminal reaches the trusted side only. Raises SandboxError.
    """
    if sys.platform == "win32":
        raise SandboxError("submissions cannot be run on Windows; use Linux, macOS or the Windows Subsystem for Linux")
    command = places.command(packages, role=role, descriptor=theirs.fileno(), wrap=wrap)
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
