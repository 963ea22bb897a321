"""TLS in front of waitress, which has none: connections are taken here, and their bytes passed on.

Each connection gets a pair of sockets: waitress holds one end as if it had taken the connection itself, with the
visitor's address, and here the other end is joined to the TLS connection. There is no second port, and nothing of
HTTP is read here.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from grader.errors import ChainruleError

if TYPE_CHECKING:
    from collections.abc import Callable

    Pass = Callable[[socket.socket, tuple[str, int]], None]

CHUNK = 65536
HANDSHAKE = 10.0  # seconds
LOOKED = 60.0  # seconds between looks at the certificate, which is renewed now and then
MOST = 2000  # connections at once
log = logging.getLogger("chainrule.tls")


class CertificateError(ChainruleError):
    """Certificate or key cannot be used; the message says which and why."""


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """What TLS needs. Raises CertificateError."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (OSError, ValueError) as error:  # an SSLError is an OSError
        reason = getattr(error, "strerror", None) or str(error)
        raise CertificateError(
            f"{certificate} with {key}: {reason}; both are PEM files, the certificate with its chain, the key without "
            "a password"
        ) from None
    return context


def _no_password() -> str:
    raise ValueError("the key has a password")


class Front:
    """Takes connections at a door in a thread of its own, and passes them on. Use it in a `with`."""

    def __init__(self, door: socket.socket, certificate: Path, key: Path) -> None:
        self._door, self._files = door, (certificate, key)
        self._context = tls_context(certificate, key)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, name="tls", daemon=True)
        self._begun = Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._pass: Pass | None = None
        self._server: asyncio.Server | None = None

    def start(self, passes: Pass) -> None:
        """Begins. passes: is given each connection, as a socket without TLS, and the visitor's address."""
        self._pass = passes
        self._thread.start()
        self._begun.wait()

    def close_door(self) -> None:
        """Takes no connection any more; those that are open go on."""
        if self._server is not None:
            self._loop.call_soon_threadsafe(self._server.close)

    def close(self) -> None:
        """Ends all connections."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._begin())
            self._loop.call_soon(self._begun.set)
            watching = self._loop.create_task(self._watch())
            self._loop.run_forever()
            watching.cancel()
            self._loop.run_until_complete(self._end())
        finally:
            self._loop.close()

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._open:
            writer.transport.abort()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # transports are closed in the next turn

    async def _begin(self) -> None:
        self._server = await asyncio.start_server(self._taken, sock=self._door)

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._open) >= MOST or self._pass is None:
            writer.close()
            return
        self._open.add(writer)
        try:
            await writer.start_tls(self._context, ssl_handshake_timeout=HANDSHAKE)
            peer = writer.get_extra_info("peername")
            await self._join(reader, writer, (str(peer[0]), int(peer[1])))
        except (OSError, ssl.SSLError):  # who speaks no TLS, or leaves meanwhile
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: tuple[str, int]) -> None:
        inner, ours = socket.socketpair()
        inner.setblocking(False)
        assert self._pass is not None
        self._pass(inner, peer)
        inner_reader, inner_writer = await asyncio.open_connection(sock=ours)
        asking = asyncio.create_task(_pump(reader, inner_writer))
        try:
            await _pump(inner_reader, writer)  # waitress ends a connection when it has said all
        finally:
            asking.cancel()
            inner_writer.close()

    async def _watch(self) -> None:
        """Reads certificate and key again when they were changed: connections that begin then have the new one."""
        known = self._times()
        while True:
            await asyncio.sleep(LOOKED)
            if self._times() == known:
                continue
            known = self._times()
            try:
                tls_context(*self._files)  # a pair that does not fit must not be half taken
                self._context.load_cert_chain(*self._files)
                log.info("the certificate was read again")
            except CertificateError as error:
                log.error("%s; the old one is kept", error)

    def _times(self) -> list[float]:
        return [file.stat().st_mtime if file.exists() else 0.0 for file in self._files]


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Passes bytes on until there are no more, no faster than they are taken."""
    with suppress(OSError, ssl.SSLError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
