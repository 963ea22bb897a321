"""`chainrule admin backup`."""

from __future__ import annotations

from pathlib import Path

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup", cls=Command, epilog=example("chainrule admin backup backups/monday.db"))
@click.argument("file", type=FILE)
@store_option
@json_option
def command(file: Path, store: str | None, as_json: bool) -> int:
    """Copy the store into a file, also while a server writes.

    The copy is the store as it was at one moment, checked, and readable for you alone. PostgreSQL is copied with its
    own pg_dump. The server's secret is no part of it.
    """
    from chainrule.classes.audit import note
    from chainrule.store.backup import back_up

    back_up(store, file)
    with open_store_option(store) as kept:
        note(kept, "", "backup", file.name)
    size = file.stat().st_size
    if as_json:
        say_json({"file": str(file), "bytes": size})
    else:
        say(f"Wrote {file}, {size / 1e6:.1f} MB")
    return Exit.OK
