"""The secret of a server: made at its first start, kept in a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import ChainruleError

if TYPE_CHECKING:
    from chainrule.store.store import Store

VARIABLE = "CHAINRULE_SECRET_FILE"
NAME = "secret"
SIZE = 32  # bytes


class SecretError(ChainruleError):
    """The file cannot be used; the message says why and the remedy."""


def secret_file(store: Store) -> Path:
    """Where the secret lies: CHAINRULE_SECRET_FILE, or a folder beside the store; for PostgreSQL the data folder."""
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser().absolute()
    if "://" not in store.name:
        return Path(f"{store.name}.private") / NAME
    from chainrule.store.opening import default_path

    return default_path().parent / "server.private" / NAME


def secret_of(path: Path) -> bytes:
    """The secret in the file, which is made where there is none. Raises SecretError."""
    try:
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise SecretError(f"{path}: the server's secret: {reason}; name another file with {VARIABLE}") from None


def _make(path: Path) -> None:
    """Makes the file whole or not at all, also where two servers start at once: the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SIZE) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _put_there(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _put_there(fresh: Path, path: Path) -> None:
    """Gives the file its name, which fails where another has it: looking first would leave a gap between."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            fresh.replace(path)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        _check(path, os.fstat(file.fileno()))
        text = file.read(1024).strip()
    if len(text) < SIZE:
        raise SecretError(
            f"{path}: holds {len(text)} bytes, a secret at least {SIZE}; remove it, and a new one is made (everybody "
            "logs in again)"
        )
    return text


def _check(path: Path, found: os.stat_result) -> None:
    """Refuses what others can read or write, where the system knows of others."""
    if os.name != "posix":
        return
    if found.st_uid not in (os.getuid(), 0):
        raise SecretError(f"{path}: belongs to another user; give it to the one who runs the server: chown")
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise SecretError(f"{path}: others can read or write the server's secret; chmod 600 {path}")
