"""Backups of PostgreSQL: by its own programs, which must be installed beside this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import URL

from chainrule.store.errors import StoreError
from chainrule.store.opening import open_store, shown
from chainrule.store.soundness import OURS, soundness
from chainrule.store.versions import TABLE


def back_up(url: URL, file: Path) -> None:
    """Dumps the tables of the store into the file, as they are at one moment. Raises StoreError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=f".{file.name}.") as folder:  # for its owner alone
        fresh = Path(folder) / "dump"
        tables = [f"--table={name}" for name in (*OURS, TABLE)]
        _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={fresh}", *tables)
        fresh.chmod(0o600)
        fresh.replace(file)


def restore(file: Path, url: URL) -> None:
    """Loads the dump into a database whose store holds nothing; all or nothing. Raises StoreError."""
    _run("pg_restore", None, "--list", str(file))
    with open_store(url.render_as_string(hide_password=False)) as store:
        held = sum(soundness(store).counts.values())
    if held:
        raise StoreError(f"{shown(url)}: holds {held} records; make a new database with createdb, and name that one")
    _run(
        "pg_restore", url, "--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", str(file)
    )


def _run(program: str, url: URL | None, *words: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise StoreError(f"{program} is not installed; PostgreSQL is backed up with its own programs")
    environment = dict(os.environ)
    where = []
    if url is not None:
        plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
        where = [f"--dbname={plain.render_as_string()}"]
        if url.password:
            environment["PGPASSWORD"] = str(url.password)  # a command line can be read by everybody
    done = subprocess.run([found, *where, *words], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        says = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise StoreError(f"{program}: {says.removeprefix(f'{program}: ')}; nothing was changed")
