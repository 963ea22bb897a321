"""Records: the one format in which anything passes between the trusted side and the child.

    4 bytes   length of the header, big-endian
    8 bytes   length of the body, big-endian
    header    a JSON object in UTF-8, with a string under "kind"
    body      raw bytes; the header says what they are

A record cannot carry code. Its length is known, and limited, before any of it is read.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import Any

PREFIX = struct.Struct(">IQ")
HEADER_LIMIT = 64 * 1024


class RecordError(Exception):
    """What arrived is not a record, or is longer than allowed."""


@dataclass(frozen=True)
class Record:
    """header: JSON values, "kind" among them. body: raw bytes."""

    header: dict[str, Any]
    body: bytes = b""

    @property
    def kind(self) -> str:
        """What the record is about."""
        return str(self.header["kind"])


def pack(record: Record) -> bytes:
    """The record as bytes."""
    header = json.dumps(record.header).encode("utf-8")
    return PREFIX.pack(len(header), len(record.body)) + header + record.body


def lengths(prefix: bytes, *, header_limit: int, body_limit: int) -> tuple[int, int]:
    """Lengths of the header and the body that follow the first PREFIX.size bytes.

    Raises RecordError where either is over its limit.
    """
    header, body = PREFIX.unpack(prefix)
    if header > header_limit or body > body_limit:
        raise RecordError(f"a record of {header} + {body} bytes; at most {header_limit} + {body_limit} are taken")
    return header, body


def unpack(header: bytes, body: bytes) -> Record:
    """The record whose parts are given. Raises RecordError where the header is not one."""
    try:
        values = json.loads(header.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RecordError(f"the header cannot be read: {type(error).__name__}") from None
    if not isinstance(values, dict) or not isinstance(values.get("kind"), str):
        raise RecordError("the header is not an object with a kind")
    return Record(values, body)
