"""`chainrule admin sessions end`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json


@click.command(
    "end", cls=Command, epilog=example("chainrule admin sessions end anna\nchainrule admin sessions end --all")
)
@click.argument("login", required=False)
@click.option("--all", "everybody", is_flag=True, help="Of all accounts.")
@store_option
@json_option
def command(login: str | None, everybody: bool, store: str | None, as_json: bool) -> int:
    """End sessions: whoever was logged in logs in again.

    Tokens of programs are not touched.
    """
    from chainrule.classes.accounts import account_of
    from chainrule.classes.audit import note
    from chainrule.classes.records import Session
    from chainrule.classes.rows import remove
    from chainrule.wording import counted

    if (login is None) != everybody:
        raise click.UsageError("whose? Give a login, or --all")
    with open_store_option(store) as kept:
        id = account_of(kept, login).id if login else ""
        count = remove(kept, Session, **({"account": id} if login else {}))
        note(kept, "", "session-ended", login or "all", whom=id)
    if as_json:
        say_json({"ended": count})
    else:
        say(f"Ended {counted(count, 'session')}")
    return Exit.OK
