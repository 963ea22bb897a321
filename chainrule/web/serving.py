"""Serving an application until somebody asks to stop; what was asked by then is still answered."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import RLock
from time import monotonic, time
from typing import TYPE_CHECKING, Any

from waitress import create_server

from chainrule.web.app import LARGEST
from chainrule.web.unread import Channel
from grader.errors import ChainruleError

if TYPE_CHECKING:
    from types import FrameType

    from flask import Flask

    from chainrule.web.tls import Front

CONNECTIONS = 2000  # at once; a class of browsers keeps several each
IDLE = 75  # seconds that a connection without a request stays open
TURN = 10.0  # seconds between looks at idle connections
DRAIN = 20.0  # seconds that running requests may take when the server stops
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class CannotListen(ChainruleError):
    """The address is taken or is none of this machine; the message says the remedy."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises CannotListen."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(found[4][:2], family=found[0], backlog=1024)
    except OSError as error:
        raise CannotListen(f"{host}:{port}: {_reason(error, port)}") from None


def _reason(error: OSError, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"another program listens there; stop it, or take another port, such as --port {port + 1}"
        case errno.EACCES:
            return "only the administrator may use ports below 1024; take another one, such as --port 8000"
    return f"cannot be listened at: {(error.strerror or str(error)).lower()}; give --host an address of this machine"


def raise_file_limit() -> None:
    """Lets the process hold as many connections as the system allows it, up to what is served at once."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 4 * CONNECTIONS)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Stop:
    """Whether the server is to stop, and the signal that asked for it. Mutable: it is asked from elsewhere."""

    def __init__(self) -> None:
        self.signal = 0
        self.count = 0
        self._wake: Callable[[], None] | None = None
        self._lock = RLock()  # a signal may come while it is held

    def ask(self, signal: int = 0, _: FrameType | None = None) -> None:
        """Asks to stop; asked twice, running requests are not waited for."""
        self.signal = self.signal or signal
        self.count += 1
        with self._lock:
            if self._wake is not None:
                self._wake()

    def wakes(self, function: Callable[[], None] | None) -> None:
        """Has the function called when somebody asks; None: nothing is to be called any more."""
        with self._lock:
            self._wake = function

    @contextmanager
    def on_signals(self) -> Iterator[Stop]:
        """Ctrl-C and SIGTERM ask. For the main thread."""
        before = [signal.signal(number, self.ask) for number in SIGNALS]
        try:
            yield self
        finally:
            for number, handler in zip(SIGNALS, before, strict=True):
                signal.signal(number, handler)


def serve(
    app: Flask, door: socket.socket, stop: Stop, *, threads: int, front: Front | None = None, **settings: Any
) -> None:
    """Answers requests until it is asked to stop. front: takes the connections, for TLS. settings: more of waitress."""
    server = create_server(
        app,
        sockets=[socket.create_server(("127.0.0.1", 0)) if front else door],
        threads=threads,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE,
        asyncore_use_poll=True,
        max_request_body_size=LARGEST,
        ident=None,
        **settings,
    )
    server.channel_class = Channel
    if front:
        _close_door(server)  # waitress must have one, and nobody may come in by it
        front.start(partial(_let_in, server))
    stop.wakes(server.pull_trigger)
    try:
        while not stop.count:
            _turn(server, TURN)
            if front and time() > server.next_channel_cleanup:
                server.readable()  # which ends idle connections; waitress asks a door alone
        if front:
            front.close_door()
        else:
            _close_door(server)
        _drain(server, stop)
    finally:
        stop.wakes(None)
        server.task_dispatcher.shutdown(timeout=1)
        if front:
            front.close()
            _turn(server, 0.0)  # takes connections that were handed over and not looked at yet, to be closed
        server.asyncore.close_all(server._map)


def _let_in(server: Any, connection: socket.socket, visitor: tuple[str, int]) -> None:
    """Hands a connection to waitress, from another thread."""
    server.trigger.pull_trigger(lambda: server.channel_class(server, connection, visitor, server.adj, map=server._map))


def _close_door(server: Any) -> None:
    server.accepting = False
    server.del_channel()
    server.socket.close()


def _turn(server: Any, seconds: float) -> None:
    server.asyncore.loop(timeout=seconds, use_poll=True, map=server._map, count=1)


def _drain(server: Any, stop: Stop) -> None:
    """Goes on until what was asked is answered and sent; takes nothing more."""
    until = monotonic() + DRAIN
    while stop.count < 2 and monotonic() < until:
        busy = False
        for channel in list(server.active_channels.values()):
            if channel.requests or channel.total_outbufs_len:
                busy = True
            else:
                channel.will_close = True  # a browser keeps it open for what it may ask later
        if not busy:
            return
        _turn(server, 0.2)
