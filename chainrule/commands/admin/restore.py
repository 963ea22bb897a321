"""`chainrule admin restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json

if TYPE_CHECKING:
    from chainrule.store.store import Store

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("restore", cls=Command, epilog=example("chainrule admin restore backups/monday.db --store new.db"))
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace a store that holds something; the old one is kept beside it.")
@store_option
@json_option
def command(file: Path, force: bool, store: str | None, as_json: bool) -> int:
    """Make a store what a backup holds.

    The store is a new one or holds nothing, and no server may have it open. A backup that is damaged is refused. All
    sessions and tokens end, since the backup may hold some that were ended after it was made: everybody logs in again.
    """
    from chainrule.classes.audit import note
    from chainrule.store.backup import restore
    from chainrule.wording import counted

    done = restore(file, store, force=force)
    with open_store_option(store) as kept:  # which brings an older backup up to date
        sessions, tokens = _end_all(kept)
        note(kept, "", "restore", file.name)
        name = kept.name
    if as_json:
        say_json({
            "store": name, "kept": str(done.kept) if done.kept else None,
            "ended": {"sessions": sessions, "tokens": tokens},
        })  # fmt: skip
        return Exit.OK
    say(f"Restored {name}")
    if done.kept:
        say(f"The old store is {done.kept}")
    if sessions or tokens:
        say(f"Ended {counted(sessions, 'session')} and {counted(tokens, 'token')}")
    return Exit.OK


def _end_all(store: Store) -> tuple[int, int]:
    """How many sessions and tokens there were; now there are none."""
    from chainrule.classes.records import Session, Token
    from chainrule.classes.rows import remove_in

    with store.writing() as connection:
        return remove_in(connection, Session), remove_in(connection, Token)
