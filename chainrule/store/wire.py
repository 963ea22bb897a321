"""Records as lines of JSON, and lines checked and read back as records."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from typing import Any, Literal, get_args, get_origin, get_type_hints

from chainrule.store import records
from chainrule.store.errors import StoreError
from chainrule.store.records import Record

FORMAT = 1
TAG = "record"  # the first field of a line: which kind of record it is
HEADER = "chainrule"  # the kind of the first line
KINDS: Mapping[str, type[Record]] = {kind.__name__.lower(): kind for kind in get_args(Record)}
FIELDS: Mapping[str, tuple[Field[Any], ...]] = {name: fields(kind) for name, kind in KINDS.items()}
TYPES: Mapping[str, Mapping[str, Any]] = {
    name: get_type_hints(kind, vars(records)) for name, kind in KINDS.items()
}  # by kind and field
MOST = 2**31 - 1  # a database's integer; seeds may be longer
WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", datetime: "a time with its zone"}


def header() -> str:
    """The first line of an export."""
    return json.dumps({TAG: HEADER, "format": FORMAT})


def line(record: Record) -> str:
    """The record as one line without its end: ASCII, its kind as `record`, then its fields."""
    data = {TAG: type(record).__name__.lower(), **vars(record), "at": record.at.isoformat()}
    return json.dumps(data, allow_nan=False)


def read(text: str) -> Record | None:
    """The record on a line; None for a first line. Raises StoreError that says what is wrong, not where."""
    try:
        data = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"not JSON ({error})") from None
    if not isinstance(data, dict):
        raise StoreError(f'came {_short(data)}, expected {{"{TAG}": ...}}')
    kind = data.get(TAG)
    if kind == HEADER:
        _check_format(data.get("format"))
        return None
    if not isinstance(kind, str) or kind not in KINDS:
        raise StoreError(f"{TAG}: came {_short(kind)}, expected one of {', '.join(KINDS)}")
    return _record(kind, data)


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _check_format(format: Any) -> None:
    if format != FORMAT:
        raise StoreError(f"format: came {format!r}, expected {FORMAT}; update Chainrule if it was made by a newer one")


def _record(kind: str, data: Mapping[str, Any]) -> Record:
    if unknown := sorted(data.keys() - TYPES[kind].keys() - {TAG}):
        raise StoreError(f"{kind}: {unknown[0]!r} is no field of it; update Chainrule if it was made by a newer one")
    return KINDS[kind](**{field.name: _value(kind, field, data) for field in FIELDS[kind]})


def _value(kind: str, field: Field[Any], data: Mapping[str, Any]) -> Any:
    """The value of a field. One without a value of its own may be left out: older exports lack what is added later."""
    name = field.name
    if name not in data:
        if field.default is MISSING:
            raise StoreError(f"{kind}: {name} is missing")
        return field.default
    type_, value = TYPES[kind][name], data[name]
    if type_ is str and type(value) is str and value:  # most are
        return value
    try:
        value = _literal(value, type_) if get_origin(type_) is Literal else _typed(value, type_)
    except (ValueError, OverflowError):
        expected = WORDS.get(type_) or f"one of {', '.join(get_args(type_))}"
        raise StoreError(f"{kind}: {name}: came {_short(data[name])}, expected {expected}") from None
    if value == "" and field.default is MISSING and (name == "id" or name in KINDS):
        raise StoreError(f"{kind}: {name} is empty")
    if isinstance(value, int) and name != "seed" and not 0 <= value <= MOST:
        raise StoreError(f"{kind}: {name}: came {_short(value)}, expected 0 to {MOST}")
    return value


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _literal(value: Any, type_: Any) -> Any:
    if value not in get_args(type_):
        raise ValueError(value)
    return value


def _typed(value: Any, type_: Any) -> Any:
    """The JSON value as the type. Raises ValueError or OverflowError where it is none."""
    if type_ is datetime and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment.astimezone(UTC)
    if type_ is float and type(value) is int:
        return float(value)
    if type(value) is not type_ or (type_ is float and not math.isfinite(value)):
        raise ValueError(value)
    return value
