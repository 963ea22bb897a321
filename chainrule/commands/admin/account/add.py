"""`chainrule admin account add`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json

EXAMPLE = "chainrule admin account add anna --name 'Anna Berg' --role instructor"


@click.command("add", cls=Command, epilog=example(EXAMPLE))
@click.argument("login")
@click.option("--name", help="The name that others see.  [default: the login]")
@click.option("--role", type=click.Choice(["student", "instructor"]), default="student", show_default=True)
@click.password_option(help="Asked for where it is not given; other users of this machine can read a command line.")
@store_option
@json_option
def command(login: str, name: str | None, role: str, password: str, store: str | None, as_json: bool) -> int:
    """Add an account."""
    from chainrule.classes.accounts import add_account
    from chainrule.classes.audit import note
    from chainrule.classes.passwords import Passwords

    with open_store_option(store) as kept:
        account = add_account(
            kept, Passwords(), login, name or login, password, "instructor" if role == "instructor" else "student"
        )
        note(kept, "", "account-made", account.login, whom=account.id)
    if as_json:
        say_json({"id": account.id, "login": account.login, "name": account.shown, "role": account.role})
    else:
        say(f"Added {account.login}, {account.role}")
    return Exit.OK
