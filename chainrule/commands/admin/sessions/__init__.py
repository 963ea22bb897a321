"""The command `admin sessions`: a group."""

from __future__ import annotations

from chainrule.cli import LazyGroup

command = LazyGroup(
    "sessions",
    package="chainrule.commands.admin.sessions",
    lines={"end": "End sessions: whoever was logged in logs in again."},
    help="Browsers that are logged in.",
    epilog="\b\nExample:\n  chainrule admin sessions end --all\n",
)
