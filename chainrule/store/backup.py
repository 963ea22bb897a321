"""Backups of a store: a whole copy made while others write, and put back only where it is whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chainrule.store.errors import StoreError
from chainrule.store.opening import place

SQLITE, POSTGRES = b"SQLite format 3\0", b"PGDMP"  # how the files begin


@dataclass(frozen=True)
class Restored:
    """kept: where the old store lies now, None where there was none worth keeping."""

    kept: Path | None = None


def back_up(url: str | None, file: Path) -> None:
    """Copies the store into the file, as it is at one moment; only its owner may read it. Raises StoreError."""
    from chainrule.store import backup_postgres, backup_sqlite

    found = place(url)
    if isinstance(found, Path):
        backup_sqlite.back_up(found, file)
    else:
        backup_postgres.back_up(found, file)


def restore(file: Path, url: str | None, *, force: bool = False) -> Restored:
    """Makes the store what the file holds. Raises StoreError: then the store is what it was.

    A store that holds anything is replaced with `force` only, and kept beside.
    """
    from chainrule.store import backup_postgres, backup_sqlite

    found, kind = place(url), _kind(file)
    if isinstance(found, Path) and kind == SQLITE:
        return Restored(backup_sqlite.restore(file, found, force=force))
    if not isinstance(found, Path) and kind == POSTGRES:
        backup_postgres.restore(file, found)
        return Restored()
    raise StoreError(
        f"{file}: {'no backup of a store' if not kind else 'a backup of the other kind of database'}; a backup goes "
        "back into the kind it came from, and `chainrule export` and `import` move answers between them"
    )


def _kind(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            begins = opened.read(len(SQLITE))
    except OSError as error:
        raise StoreError(f"{file}: {(error.strerror or 'cannot be read').lower()}") from None
    return next((kind for kind in (SQLITE, POSTGRES) if begins.startswith(kind)), b"")
