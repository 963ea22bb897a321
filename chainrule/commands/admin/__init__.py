"""The command `admin`: a group of the commands for whoever runs a server."""

from __future__ import annotations

from collections.abc import Mapping

from chainrule.cli import LazyGroup

LINES: Mapping[str, str] = {
    "backup": "Copy the store into a file, also while a server writes.",
    "restore": "Make a store what a backup holds.",
    "check": "Check that the store is whole, and count what it holds.",
    "account": "Accounts of a class server.",
    "sessions": "Browsers that are logged in.",
}

command = LazyGroup(
    "admin",
    package="chainrule.commands.admin",
    lines=LINES,
    help="Back up, restore and check the store of a server; its accounts.",
    epilog="\b\nExample:\n  chainrule admin backup backups/monday.db\n",
)
