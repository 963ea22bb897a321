"""The command `admin account`: a group."""

from __future__ import annotations

from collections.abc import Mapping

from chainrule.cli import LazyGroup

LINES: Mapping[str, str] = {
    "add": "Add an account.",
    "password": "Give an account a new password, and end its sessions.",
    "deactivate": "Close an account: nobody can log in with it.",
    "activate": "Open a closed account again.",
    "list": "List the accounts.",
}

command = LazyGroup(
    "account",
    package="chainrule.commands.admin.account",
    lines=LINES,
    help="Accounts of a class server.",
    epilog="\b\nExample:\n  chainrule admin account add anna --name 'Anna Berg' --role instructor\n",
)
