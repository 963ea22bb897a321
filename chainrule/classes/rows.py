"""Reading and changing the records of classes: one function for each thing that is done to a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from chainrule.store.errors import NotInStore

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

    from chainrule.classes.records import ClassRecord
    from chainrule.store.store import Store

Kind = TypeVar("Kind", bound="ClassRecord")


def put(store: Store, *records: ClassRecord) -> None:
    """Keeps new records, all or none. Raises StoreError, also where one must be unique and is not."""
    with store.writing() as connection:
        put_in(connection, *records)


def put_in(connection: Connection, *records: ClassRecord) -> None:
    """The same within a transaction that is open. Raises `sqlalchemy.exc.IntegrityError` where one is not unique."""
    from chainrule.store.class_tables import CLASS_TABLES

    for record in records:
        connection.execute(CLASS_TABLES[type(record)].insert().values(**vars(record)))


def found(store: Store, kind: type[Kind], **wanted: Any) -> tuple[Kind, ...]:
    """The records of a kind whose fields have these values, in the order of time. A list of values: any of them."""
    with store.reading() as connection:
        return found_in(connection, kind, **wanted)


def found_in(connection: Connection, kind: type[Kind], **wanted: Any) -> tuple[Kind, ...]:
    """The same within a transaction that is open."""
    named: Any = kind  # which mypy does not take for something that a cache can hold
    statement = _statement(named, tuple((name, isinstance(value, list | tuple)) for name, value in wanted.items()))
    return tuple(kind(*row) for row in connection.execute(statement, wanted))


@cache
def _statement(kind: type[Any], wanted: tuple[tuple[str, bool], ...]) -> Select[Any]:
    """What asks for records, with a place for each value: pages ask the same again and again. Bool: for a list."""
    from sqlalchemy import bindparam, select

    from chainrule.store.class_tables import CLASS_TABLES

    table = CLASS_TABLES[kind]
    conditions = [
        table.c[name].in_(bindparam(name, expanding=True)) if several else table.c[name] == bindparam(name)
        for name, several in wanted
    ]
    columns = [table.c[field.name] for field in fields(kind)]
    return select(*columns).where(*conditions).order_by(table.c["at"], table.c["row"])


def first(store: Store, kind: type[Kind], **wanted: Any) -> Kind | None:
    """The first such record, None where there is none."""
    records = found(store, kind, **wanted)
    return records[0] if records else None


def by_id(store: Store, kind: type[Kind], id: str) -> Kind:
    """The record of that id. Raises NotInStore."""
    record = first(store, kind, id=id)
    if record is None:
        raise NotInStore(f"{store.name}: there is no {kind.__name__.lower()} {id!r}")
    return record


def change(store: Store, kind: type[ClassRecord], wanted: Mapping[str, Any], /, **values: Any) -> int:
    """How many records had these fields and have these values now."""
    with store.writing() as connection:
        return change_in(connection, kind, wanted, **values)


def change_in(connection: Connection, kind: type[ClassRecord], wanted: Mapping[str, Any], /, **values: Any) -> int:
    """The same within a transaction that is open."""
    from chainrule.store.class_tables import CLASS_TABLES

    return connection.execute(CLASS_TABLES[kind].update().where(*_conditions(kind, wanted)).values(**values)).rowcount


def remove(store: Store, kind: type[ClassRecord], **wanted: Any) -> int:
    """How many records had these fields and are gone now."""
    with store.writing() as connection:
        return remove_in(connection, kind, **wanted)


def remove_in(connection: Connection, kind: type[ClassRecord], **wanted: Any) -> int:
    """The same within a transaction that is open."""
    from chainrule.store.class_tables import CLASS_TABLES

    return connection.execute(CLASS_TABLES[kind].delete().where(*_conditions(kind, wanted))).rowcount


def _conditions(kind: type[Any], wanted: Mapping[str, Any]) -> Sequence[ColumnElement[bool]]:
    from chainrule.store.class_tables import CLASS_TABLES

    columns = CLASS_TABLES[kind].c
    return [
        columns[name].in_(value) if isinstance(value, list | tuple) else columns[name] == value
        for name, value in wanted.items()
    ]
