"""`chainrule admin account list`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json, table


@click.command("list", cls=Command, epilog=example("chainrule admin account list"))
@store_option
@json_option
def command(store: str | None, as_json: bool) -> int:
    """List the accounts."""
    from chainrule.classes.records import Account
    from chainrule.classes.rows import found

    with open_store_option(store) as kept:
        accounts = found(kept, Account)
    rows = [
        {"login": one.login, "name": one.shown, "role": one.role, "active": one.active, "since": f"{one.at.date()}"}
        for one in accounts
    ]
    if as_json:
        say_json({"accounts": rows})
    elif rows:
        shown = [[*map(str, (r["login"], r["name"], r["role"])), "" if r["active"] else "closed"] for r in rows]
        table(["login", "name", "role", "state"], shown)
    else:
        say("There are no accounts yet.")
    return Exit.OK
