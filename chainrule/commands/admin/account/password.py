"""`chainrule admin account password`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json


@click.command("password", cls=Command, epilog=example("chainrule admin account password anna"))
@click.argument("login")
@click.password_option(help="Asked for where it is not given; other users of this machine can read a command line.")
@store_option
@json_option
def command(login: str, password: str, store: str | None, as_json: bool) -> int:
    """Give an account a new password, and end its sessions.

    Its tokens for programs end too.
    """
    from chainrule.classes.accounts import account_of, set_password
    from chainrule.classes.audit import note
    from chainrule.classes.errors import AccountError
    from chainrule.classes.passwords import Passwords

    with open_store_option(store) as kept:
        account = account_of(kept, login)
        if not set_password(kept, Passwords(), account, password):
            raise AccountError("The password was changed by somebody else at this moment; try again.")
        note(kept, "", "password-changed", account.login, whom=account.id)
    if as_json:
        say_json({"login": account.login})
    else:
        say(f"{account.login} has a new password, is logged in nowhere and has no tokens")
    return Exit.OK
