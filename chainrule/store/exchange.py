"""A store as lines of JSON, to be kept elsewhere or moved into another store; and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from chainrule.store import wire
from chainrule.store.errors import StoreError
from chainrule.store.records import Record

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.store.store import Store

BATCH = 1000  # records in memory at once
Numbered = tuple[int, Record]  # a record and its line, from 1


@dataclass(frozen=True)
class Counts:
    """How an import went, by kind of record. new: added now. known: there already, left as they were."""

    new: Mapping[str, int] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)


def exported(store: Store) -> Iterator[str]:
    """The lines of an export, without their ends: a line with the format's version, then one for each record.

    They show one moment of the store, whatever is written to it meanwhile. Who stops early closes the generator.
    """
    from sqlalchemy import select

    from chainrule.store.queries import columns, records
    from chainrule.store.tables import TABLES

    yield wire.header()
    with store.reading() as connection:
        for kind, table in TABLES.items():
            statement = select(*columns(kind)).order_by(table.c["row"])
            with connection.execution_options(yield_per=BATCH).execute(statement) as rows:
                for some in rows.partitions():
                    yield from map(wire.line, records(kind, some))


def imported(store: Store, lines: Iterable[str]) -> Counts:
    """What was added from the lines of an export; what is there already is left as it is, so that it may be repeated.

    Raises StoreError that names the line which cannot be used; then nothing is added.
    """
    new: dict[str, int] = {}
    seen: dict[str, int] = {}
    with store.writing() as connection:
        numbered = _read(lines)
        while batch := list(islice(numbered, BATCH)):
            for kind, count in _insert(connection, batch).items():
                new[kind] = new.get(kind, 0) + count
            for _, record in batch:
                kind = type(record).__name__.lower()
                seen[kind] = seen.get(kind, 0) + 1
    known = {kind: count - new.get(kind, 0) for kind, count in seen.items()}
    return Counts({kind: n for kind, n in new.items() if n}, {kind: n for kind, n in known.items() if n})


def _read(lines: Iterable[str]) -> Iterator[Numbered]:
    """The records with the numbers of their lines."""
    begun = False
    for number, text in _texts(lines):
        try:
            record = wire.read(text)
            if record is not None and not begun:
                raise StoreError(f"no export of Chainrule: it begins with {wire.header()}")
        except StoreError as error:
            raise StoreError(f"line {number}: {error}") from None
        begun = True
        if record is not None:
            yield number, record
    if not begun:
        raise StoreError("empty: an export of Chainrule has at least a first line")


def _texts(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """What stands on the lines, with their numbers; empty ones are passed over."""
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if text := line.strip().removeprefix("\ufeff"):
                yield number, text
    except UnicodeDecodeError:
        raise StoreError(f"below line {number}: not UTF-8 text; an export is plain ASCII") from None


def _insert(connection: Connection, batch: list[Numbered]) -> Mapping[str, int]:
    """How many were new, by kind. Raises StoreError for the first line that the database refuses."""
    from sqlalchemy.exc import IntegrityError

    from chainrule.store.queries import insert

    try:
        with connection.begin_nested():
            new = insert(connection, [record for _, record in batch])
        return {kind.__name__.lower(): count for kind, count in new.items()}
    except IntegrityError:  # one by one, to find it
        for number, record in _in_order(batch):
            try:
                insert(connection, [record])
            except IntegrityError:
                raise StoreError(f"line {number}: {_dangling(record)}") from None
        raise


def _in_order(batch: list[Numbered]) -> list[Numbered]:
    """The batch with what others refer to before them."""
    from chainrule.store.tables import TABLES

    order = list(TABLES)
    return sorted(batch, key=lambda numbered: order.index(type(numbered[1])))


def _dangling(record: Record) -> str:
    """That what a record refers to is missing."""
    named = [f"{name} {value!r}" for name, value in vars(record).items() if name in wire.KINDS and value]
    kind = type(record).__name__.lower()
    return f"{kind} {record.id!r} refers to {' and '.join(named)}, which is neither in the store nor above it"
