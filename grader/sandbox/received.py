"""A child's records as report data. Nothing in them is believed: every field is checked, every text made plain."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from grader.sandbox.inside.records import Record, RecordError
from grader.sandbox.inside.values import array_from, dtype_and_shape
from grader.sandbox.report import (
    CallResult,
    LoadFailure,
    NotAnArray,
    Problem,
    Raised,
    Returned,
    TooLarge,
    WrongCount,
    plain,
)

NAME_LIMIT = 80
NAMES_SHOWN = 12
PLACES = ("syntax", "load", "entry", "parameters")

Item = NDArray[Any] | TooLarge | NotAnArray


def call_result(record: Record, *, outputs: int) -> CallResult:
    """What a call came to. Raises RecordError for any other record."""
    header = record.header
    if record.kind == "raised":
        return Raised(problem(header))
    if record.kind != "returned":
        raise RecordError("neither returned nor raised")
    if "items" not in header:
        return WrongCount(plain(header.get("type"), NAME_LIMIT), whole(header.get("count")))
    items = header["items"]
    if not isinstance(items, list) or len(items) != outputs:
        raise RecordError("another number of values than announced")
    return Returned(_items(items, record.body), _names(header.get("changed")), _names(header.get("used")))


def load_failure(record: Record) -> LoadFailure:
    """Why a submission could not be loaded. Raises RecordError for any other record."""
    header = record.header
    at, found = header.get("at"), header.get("found", [])
    if record.kind != "failed" or at not in PLACES or not isinstance(found, list):
        raise RecordError("no failure")
    return LoadFailure(
        at=str(at),
        problem=problem(header) if "type" in header else None,
        found=tuple(plain(name, NAME_LIMIT) for name in found[:NAMES_SHOWN]),
        signature=plain(header.get("signature")),
        exists=header.get("exists") is True,
    )


def problem(header: dict[str, Any]) -> Problem:
    """The exception that a header describes."""
    return Problem(
        type=plain(header.get("type"), NAME_LIMIT) or "an error",
        message=plain(header.get("message")),
        line=whole(header.get("line")),
        missing=plain(header.get("missing"), NAME_LIMIT),
    )


def whole(value: object) -> int | None:
    """The value where it is an integer of reasonable size, else None."""
    return value if type(value) is int and abs(value) < 10**9 else None


def _names(value: object) -> tuple[str, ...]:
    """A list of names, cut short; nothing where it is none."""
    return tuple(plain(name, NAME_LIMIT) for name in value[:NAMES_SHOWN]) if isinstance(value, list) else ()


def _items(headers: list[Any], body: bytes) -> tuple[Item, ...]:
    items: list[Item] = []
    start = 0
    for header in headers:
        if not isinstance(header, dict):
            raise RecordError("a value's header is not an object")
        if "type" in header:
            items.append(NotAnArray(plain(header["type"], NAME_LIMIT), plain(header.get("dtype"), NAME_LIMIT)))
        elif header.get("sent") is True:
            array = array_from(header, body, start)
            start += array.nbytes
            items.append(array)
        else:
            dtype, shape = dtype_and_shape(header)
            items.append(TooLarge(dtype.name, shape))
    if start != len(body):
        raise RecordError("bytes left over")
    return tuple(items)
