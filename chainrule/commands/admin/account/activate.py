"""`chainrule admin account activate`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json


@click.command("activate", cls=Command, epilog=example("chainrule admin account activate anna"))
@click.argument("login")
@store_option
@json_option
def command(login: str, store: str | None, as_json: bool) -> int:
    """Open a closed account again."""
    from chainrule.classes.accounts import account_of, activate
    from chainrule.classes.audit import note

    with open_store_option(store) as kept:
        account = account_of(kept, login)
        activate(kept, account)
        note(kept, "", "account-opened", account.login, whom=account.id)
    if as_json:
        say_json({"login": account.login, "active": True})
    else:
        say(f"{account.login} is open")
    return Exit.OK
