"""One run at a time writes into a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chainrule.files import InputError

NAME = ".chainrule-lock"


@contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Keeps other runs out of the folder, which is made, for the block. Raises InputError where another is in it.

    The system lets go of the lock when the process ends, however it ends.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise InputError(f"{out}: {(error.strerror or 'cannot be written').lower()}") from None
    try:
        if not _locked(handle):
            who = os.pread(handle, 20, 0).decode(errors="replace").strip()
            raise InputError(f"{out}: another run (process {who}) writes there; wait for it, or name another --out")
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
