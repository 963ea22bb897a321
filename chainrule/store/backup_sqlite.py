"""Backups of SQLite: by its own way of copying a database that is in use, its log included."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from chainrule.store.errors import StoreError
from chainrule.store.soundness import count, faults_of_file

BESIDE = ("-wal", "-shm", "-journal")


def back_up(path: Path, file: Path) -> None:
    """Copies the store at the path into the file. Raises StoreError."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no store; name another one with --store or CHAINRULE_STORE")
    if file.exists() and file.samefile(path):
        raise StoreError(f"{file} is the store itself, which a backup would replace; name another file")
    with _said(path, file), _fresh(file) as fresh:
        _copy(path, fresh)
        _refuse_broken(fresh, path)
        _put(fresh, file)


def restore(file: Path, path: Path, *, force: bool) -> Path | None:
    """Where the old store at the path was moved to, None where it held nothing. Raises StoreError."""
    if path.exists() and file.samefile(path):
        raise StoreError(f"{file} is the store itself; name its backup")
    with _said(file, path), _fresh(path) as fresh:
        _copy(file, fresh)
        _refuse_broken(fresh, file)
        kept = _out_of_the_way(path, force=force) if path.exists() else None
        _put(fresh, path)
        return kept


def _copy(source: Path, target: Path) -> None:
    """A copy as of one moment. Whoever writes meanwhile is not kept waiting, since they write to the log."""
    reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    with closing(reading), closing(sqlite3.connect(target)) as writing:
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it


def _refuse_broken(copy: Path, told: Path) -> None:
    if found := faults_of_file(copy):
        raise StoreError(f"{told}: {found[0]}; nothing was changed")


def _out_of_the_way(path: Path, *, force: bool) -> Path | None:
    """Moves the old store aside. Raises StoreError where it is in use, or holds something and `force` is not given."""
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        try:
            # Only the last one who has it open may do this; it also takes the log into the file.
            alone = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            alone = False
        except sqlite3.DatabaseError:  # it is damaged, which is why it is replaced
            return _aside(path) if force else _refuse(path, "holds something that cannot be read")
        if not alone:
            raise StoreError(f"{path}: in use; stop the server, and whatever else has it open, then try again")
        held = count(connection)
        connection.execute("ROLLBACK")
    if not held:
        return None
    return _aside(path) if force else _refuse(path, f"holds {held} records")


def _refuse(path: Path, what: str) -> Path:
    raise StoreError(f"{path}: {what}; name a new store, or add --force, which keeps the old one beside it")


def _aside(path: Path) -> Path:
    kept = path.with_name(f"{path.name}.before-{datetime.now():%Y%m%d-%H%M%S-%f}")
    for end in BESIDE:
        beside = Path(f"{path}{end}")
        if beside.exists():
            beside.replace(f"{kept}{end}")
    path.replace(kept)
    return kept


@contextmanager
def _fresh(target: Path) -> Iterator[Path]:
    """A new file beside the target, which only its owner may read; gone at the end where it was not put."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for end in ("", *BESIDE):
            Path(f"{name}{end}").unlink(missing_ok=True)


def _put(fresh: Path, target: Path) -> None:
    """Puts the file in its place, once all of it is on the disk."""
    for path in (fresh, fresh.parent) if os.name == "posix" else ():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    fresh.replace(target)


@contextmanager
def _said(source: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{source}: {error}; nothing was changed") from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise StoreError(f"{error.filename or target}: {reason}; nothing was changed") from None
