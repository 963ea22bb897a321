"""`chainrule admin account deactivate`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json


@click.command("deactivate", cls=Command, epilog=example("chainrule admin account deactivate anna"))
@click.argument("login")
@store_option
@json_option
def command(login: str, store: str | None, as_json: bool) -> int:
    """Close an account: nobody can log in with it.

    Its sessions and tokens end at once; what it answered stays.
    """
    from chainrule.classes.accounts import account_of, deactivate
    from chainrule.classes.audit import note

    with open_store_option(store) as kept:
        account = account_of(kept, login)
        deactivate(kept, account)
        note(kept, "", "account-closed", account.login, whom=account.id)
    if as_json:
        say_json({"login": account.login, "active": False})
    else:
        say(f"{account.login} is closed")
    return Exit.OK
