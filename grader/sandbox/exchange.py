"""Records to and from a child, while its clock runs, its output is drained and its limits are watched.

The trusted side's only loop: one thread, non-blocking descriptors, nothing that a submission does can keep it waiting.
"""

from __future__ import annotations

import os
import selectors
import socket
import time

from grader.sandbox.inside.records import HEADER_LIMIT, PREFIX, Record, lengths, pack, unpack
from grader.sandbox.report import Ending, plain
from grader.sandbox.task import TaskLimits
from grader.sandbox.usage import seconds_kept_waiting, usage

TICK = 0.02
"""Seconds between two looks at what the child has used."""
CHUNK = 1 << 16
OUTPUT_LIMIT = 8 << 20
SAID_LIMIT = 1 << 16
"""Bytes of what a child prints that are kept; the rest is counted and dropped."""
THREAD_LIMIT = 128
PATIENCE = 8.0
"""On a busy machine the wall clock is extended by the time the child was kept waiting, up to this many limits."""


class Stopped(Exception):
    """The exchange is over before its end.

    ending: why; None where the child has hung up and the way its process ended will tell. status: where it exited.
    """

    def __init__(self, ending: Ending | None, status: int | None = None) -> None:
        super().__init__(str(ending))
        self.ending = ending
        self.status = status


class Exchange:
    """A conversation with one child. Closes nothing: the descriptors belong to the child's handle.

    cpu_before: seconds of processor time that the child had used when it began.
    """

    def __init__(self, channel: socket.socket, output: int | None, pid: int, limits: TaskLimits) -> None:
        self._channel, self._output, self._pid, self._limits = channel, output, pid, limits
        self._outgoing = memoryview(b"")
        self._incoming = bytearray()
        self._printed = 0
        self._said = b""
        self._started = time.monotonic()
        before = usage(pid)
        self.cpu_before = 0.0 if before is None else before.cpu_seconds
        self._next_check = self._started + TICK
        self._selector = selectors.DefaultSelector()
        self._selector.register(channel, selectors.EVENT_READ)
        if output is not None:
            os.set_blocking(output, False)
            self._selector.register(output, selectors.EVENT_READ)
        channel.setblocking(False)

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the start."""
        return time.monotonic() - self._started

    @property
    def printed(self) -> str:
        """The beginning of what the child printed."""
        return plain(self._said.decode("utf-8", "replace"))

    def ask(self, record: Record, *, body_limit: int = 0) -> Record:
        """The child's answer to a record. Raises Stopped, and RecordError for what is no record, or too long."""
        self._outgoing = memoryview(bytes(self._outgoing) + pack(record))
        return self.next_record(body_limit=body_limit)

    def next_record(self, *, body_limit: int = 0) -> Record:
        """The next record that the child sends. Raises Stopped and RecordError."""
        prefix = self._read(PREFIX.size)
        header, body = lengths(prefix, header_limit=HEADER_LIMIT, body_limit=body_limit)
        return unpack(self._read(header), self._read(body))

    def close(self) -> None:
        """Ends the watching."""
        self._selector.close()

    def _read(self, count: int) -> bytes:
        self._incoming.clear()
        while len(self._incoming) < count:
            self._step(wanted=count - len(self._incoming))
        return bytes(self._incoming)

    def _step(self, wanted: int) -> None:
        """Waits for one event at most a tick long, handles it, then looks at the limits."""
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outgoing else 0)
        self._selector.modify(self._channel, events)
        for key, mask in self._selector.select(TICK):
            if key.fileobj is not self._channel:
                self._drain()
                continue
            if mask & selectors.EVENT_WRITE:
                self._write()
            if mask & selectors.EVENT_READ:
                self._receive(wanted)
        if time.monotonic() >= self._next_check:
            self._check()
            self._next_check = time.monotonic() + TICK

    def _write(self) -> None:
        try:
            sent = self._channel.send(self._outgoing[:CHUNK])
        except BlockingIOError:
            return
        except OSError:  # the child has hung up; what it said before is still to be read
            self._outgoing = memoryview(b"")
            return
        self._outgoing = self._outgoing[sent:]

    def _receive(self, wanted: int) -> None:
        try:
            piece = self._channel.recv(min(CHUNK, wanted))
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            raise Stopped(None)
        self._incoming += piece

    def _drain(self) -> None:
        assert self._output is not None
        try:
            piece = os.read(self._output, CHUNK)
        except BlockingIOError:
            return
        if not piece:
            self._selector.unregister(self._output)
        self._printed += len(piece)
        self._said += piece[: SAID_LIMIT - len(self._said)]
        if self._printed > OUTPUT_LIMIT:
            raise Stopped(Ending.OUTPUT_LIMIT)

    def _check(self) -> None:
        used = usage(self._pid)
        if used is not None and used.threads > THREAD_LIMIT:
            raise Stopped(Ending.THREAD_LIMIT)
        if used is not None and used.cpu_seconds - self.cpu_before > self._limits.cpu_seconds:
            raise Stopped(Ending.TIMEOUT)
        wall = self._limits.wall_seconds
        if self.seconds > wall:
            kept_waiting = seconds_kept_waiting(self._pid)
            if self.seconds > min(wall + kept_waiting, PATIENCE * wall):
                raise Stopped(Ending.TIMEOUT)
