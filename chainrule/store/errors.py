"""What can go wrong with a store, as one sentence that names the store and the remedy."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from grader.errors import ChainruleError

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError


class StoreError(ChainruleError):
    """A store cannot be opened, read or written; the message names it, never its password."""


class NotInStore(StoreError):
    """There is no record of that kind with that id."""


OTHERWISE = "choose another store with --store or CHAINRULE_STORE"
YOURS = f"make the file and its folder writable for you, or {OTHERWISE}"

# By SQLite's primary result code.
SQLITE = {
    sqlite3.SQLITE_BUSY: "is kept busy by another process; wait for it to end, then try again",
    sqlite3.SQLITE_LOCKED: "is kept busy by another process; wait for it to end, then try again",
    sqlite3.SQLITE_READONLY: f"cannot be written; {YOURS}",
    sqlite3.SQLITE_PERM: f"cannot be written; {YOURS}",
    sqlite3.SQLITE_CANTOPEN: f"cannot be opened; {YOURS}",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Nothing of this step was kept; make room, then try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk failed or is full. Nothing of this step was kept; "
    "look after the disk, then try again",
    sqlite3.SQLITE_NOTADB: f"is no database; give the path of a store or of a new file, or {OTHERWISE}",
    sqlite3.SQLITE_CORRUPT: "is damaged; put back a copy, or save what is readable with: sqlite3 FILE .recover",
}

# By PostgreSQL's SQLSTATE, or the first two letters of it.
POSTGRES = {
    "28": "refused the user or the password; check both in the URL",
    "3D000": "has no such database; make it with createdb, or name another",
    "42501": "forbids this user to make or write tables; grant it CREATE and USAGE on the schema",
    "53100": "has no room left on its disk. Nothing of this step was kept; make room, then try again",
    "53300": "has no connection left; close some, or raise max_connections",
    "25006": "can only be read; name the server that takes changes",
    "40P01": "undid this step since another was in its way. Nothing of it was kept; try again",
    "55P03": "is kept busy by another process; wait for it to end, then try again",
}


def explained(error: DBAPIError, name: str) -> StoreError:
    """The error of a database as a sentence about the store `name`."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
            return _dangling(name)
        says = SQLITE.get(code & 0xFF)
    else:
        state = getattr(cause, "sqlstate", None) or ""
        if state == "23503":
            return _dangling(name)
        says = POSTGRES.get(state) or POSTGRES.get(state[:2]) or _unreachable(state, cause)
    if says is None:
        return StoreError(f"{name}: the database says: {' '.join(str(cause).split()) or type(cause).__name__}")
    return StoreError(f"{name}: {says}")


def _dangling(name: str) -> StoreError:
    return StoreError(f"{name}: a record refers to one that is not in the store; add that one first, or with it")


def _unreachable(state: str, cause: object) -> str | None:
    """Connections that fail or break have no state, or one of class 08 or 57; libpq's text holds no password."""
    if state and state[:2] not in {"08", "57"}:
        return None
    reason = " ".join(str(cause).split("\n")[0].split()).rpartition(" failed: ")[2].removeprefix("FATAL: ")
    return (
        f"no connection: {reason}; check that the server runs, and host, port, user, password and database of the URL"
    )
