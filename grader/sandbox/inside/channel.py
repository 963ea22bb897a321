"""The child's end of the channel: records over one descriptor, with nothing but `read` and `write`."""

from __future__ import annotations

from os import read, write

from grader.sandbox.inside.records import PREFIX, Record, pack, unpack

CHUNK = 1 << 20


class Closed(Exception):
    """The other side has hung up."""


def receive(channel: int) -> Record:
    """The next record. Raises Closed where there is none. The other side is trusted, so nothing is limited."""
    header, body = PREFIX.unpack(_exactly(channel, PREFIX.size))
    return unpack(_exactly(channel, header), _exactly(channel, body))


def send(channel: int, record: Record) -> None:
    """Writes the record whole."""
    data = memoryview(pack(record))
    while data:
        data = data[write(channel, data[:CHUNK]) :]


def _exactly(channel: int, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        piece = read(channel, min(CHUNK, count - len(data)))
        if not piece:
            raise Closed
        data += piece
    return bytes(data)
