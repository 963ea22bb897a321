"""Whether a store is whole: the file itself, references between records, and how many there are of each kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from chainrule.store.class_tables import CLASS_TABLES
from chainrule.store.tables import TABLES
from chainrule.store.versions import TABLE, known_versions

if TYPE_CHECKING:
    from chainrule.store.store import Store

OURS = tuple(table.name for table in (*TABLES.values(), *CLASS_TABLES.values()))
MOST = 5  # faults that are told


@dataclass(frozen=True)
class Soundness:
    """counts: records by table. faults: what is wrong, empty where the store is whole."""

    counts: Mapping[str, int]
    faults: tuple[str, ...] = ()


def soundness(store: Store) -> Soundness:
    """How an open store is. A PostgreSQL server looks after its files itself: there, records are counted only."""
    with store.reading() as connection:
        tables = (*TABLES.values(), *CLASS_TABLES.values())
        counts = {one.name: connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}
        if connection.dialect.name != "sqlite":
            return Soundness(counts)
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        return Soundness(counts, faults(raw))


def faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the file of a SQLite store."""
    try:
        found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({MOST})") if row[0] != "ok"]
        dangling = connection.execute("PRAGMA foreign_key_check").fetchmany(MOST)
    except sqlite3.DatabaseError as error:
        return (str(error),)
    found += [f"a record in {table} refers to one in {other} that is not there" for table, _, other, _ in dangling]
    return tuple(found)


def faults_of_file(path: Path) -> tuple[str, ...]:
    """What is wrong with a file that should be a store of this program's version or an older one, and is in no use."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        return (str(error),)
    try:
        found = faults(connection)
        return found or _stranger(connection)
    finally:
        connection.close()


def _stranger(connection: sqlite3.Connection) -> tuple[str, ...]:
    try:
        row = connection.execute(f"SELECT version_num FROM {TABLE}").fetchone()
    except sqlite3.DatabaseError:
        return ("it is no store of Chainrule",)
    if row is None or row[0] not in known_versions():
        return ("it was made by a newer Chainrule; update this one",)
    return ()


def count(connection: sqlite3.Connection) -> int:
    """How many records a SQLite store holds, of all kinds."""
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return sum(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in OURS if name in there)
