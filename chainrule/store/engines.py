"""Engines: how SQLite and PostgreSQL are spoken to, so that what is acknowledged is on the disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event

from chainrule.store.errors import OTHERWISE, StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY = 10.0  # seconds that a step waits for another process
POOL: dict[str, Any] = {"pool_size": 16, "max_overflow": -1}  # a thread never waits until another lets go of its own
WRITES = "chainrule_writes"  # execution option of a connection that is about to write

TURNS = 0x636861696E72756C  # of the lock by which writers of a PostgreSQL database take turns: `chainrul`

PRAGMAS = (
    "synchronous = FULL",  # a commit returns when it is on the disk
    "fullfsync = ON",  # likewise on macOS; nothing elsewhere
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
)


def sqlite_engine(path: Path) -> Engine:
    """An engine for the file, which is made where there is none, with its folder; only its owner may read it.

    Raises StoreError.
    """
    _make_file(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY}, hide_parameters=True, **POOL
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _make_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.is_dir():
            raise StoreError(f"{path}: a folder; give the path of a file in it, such as {path / 'store.db'}")
        path.touch(mode=0o600)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise StoreError(f"{path}: cannot be made or written: {reason}; {OTHERWISE}") from None


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # the module opens no transaction by itself: `_begin` does
    _keep_a_log(connection)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Has the file keep a write-ahead log: readers and a writer do not wait for one another.

    SQLite does not wait by itself where others open a new file at the same moment.
    """
    until = monotonic() + BUSY
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)


def _begin(connection: Connection) -> None:
    """A writer takes its turn before it reads: a reader that turns writer would fail where another wrote meanwhile."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def postgres_engine(url: URL) -> Engine:
    """An engine for the database at the URL; nothing is asked of the server yet. Raises StoreError without psycopg."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StoreError("PostgreSQL needs the package psycopg: pip install 'chainrule[postgres]'") from None
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={} if "connect_timeout" in url.query else {"connect_timeout": int(BUSY)},
        pool_pre_ping=True,  # a server that was started again is taken as it is
        hide_parameters=True,
        **POOL,
    )
    event.listen(engine, "connect", _set_up_postgres)
    event.listen(engine, "begin", _take_turn)
    return engine


def _take_turn(connection: Connection) -> None:
    """Writers take turns here too: what one has looked at stays so until it has written."""
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY:g}s'; SELECT pg_advisory_xact_lock({TURNS})")


def _set_up_postgres(connection: Any, _: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute("SET synchronous_commit TO ON")  # a commit returns when it is on the disk
    connection.commit()
