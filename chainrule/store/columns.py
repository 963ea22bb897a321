"""Types of columns that give back exactly what was put in, from SQLite and PostgreSQL alike."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Double, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

MARK = "\ue000"  # a letter for private use: stands before the number of a letter that a database refuses
REFUSED = re.compile("[\x00\ud800-\udfff\ue000]")  # by PostgreSQL, by UTF-8, and the mark itself
MARKED = re.compile(MARK + "([0-9a-f]{4})")


class Moment(TypeDecorator[datetime]):
    """A time in UTC with its zone, to the microsecond. SQLite keeps it as text without a zone, in the order of time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(
                f"came the time {value} without a zone, expected one in UTC, as chainrule.store.records.now()"
            )
        universal = value.astimezone(UTC)
        return universal.replace(tzinfo=None) if dialect.name == "sqlite" else universal

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment


class FreeText(TypeDecorator[str]):
    """Text of any letters at all, also those that a database refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else REFUSED.sub(lambda found: f"{MARK}{ord(found[0]):04x}", value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        if value is None or MARK not in value:
            return None if value is None else str(value)
        return MARKED.sub(lambda found: chr(int(found[1], 16)), value)


class Whole(TypeDecorator[int]):
    """A whole number of any length, kept as its digits: seeds may be longer than a database's integers."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value)


class Finite(TypeDecorator[float]):
    """A float64 that is neither infinite nor "not a number", which JSON and SQLite lack."""

    impl = Double
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> float | None:
        if value is not None and not math.isfinite(value):
            raise ValueError(f"came the number {value}, expected a finite one")
        return value


class Reference(TypeDecorator[str]):
    """The id of another record, or '' for none, kept as NULL so that a foreign key may stand on it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value or None

    def process_result_value(self, value: Any, dialect: Dialect) -> str:
        return value or ""
