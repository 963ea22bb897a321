"""A served application in a thread, stopped as a signal would stop it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask

from chainrule.web.serving import Stop, listen, serve
from chainrule.web.tls import Front


@dataclass(frozen=True)
class Served:
    """port: where. stop: asks it to stop; thread: ends when it did."""

    port: int
    stop: Stop
    thread: Thread

    def connect(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def end(self) -> None:
        """Stops it."""
        self.stop.ask(15)
        self.thread.join(20)
        assert not self.thread.is_alive()


@contextmanager
def served(app: Flask, pair: tuple[Path, Path] | None = None, **settings: Any) -> Iterator[Served]:
    """The server. pair: certificate and key, for TLS."""
    door, stop = listen("127.0.0.1", 0), Stop()
    front = Front(door, *pair) if pair else None
    named = {"threads": 4, "front": front, **settings}
    thread = Thread(target=serve, args=(app, door, stop), kwargs=named, daemon=True)
    found = Served(door.getsockname()[1], stop, thread)
    thread.start()
    try:
        yield found
    finally:
        found.end()
