"""The command `bank`: a group of the commands for whoever writes questions."""

from __future__ import annotations

from collections.abc import Mapping

from chainrule.cli import LazyGroup

LINES: Mapping[str, str] = {
    "check": "Check the promises that every question keeps.",
    "coverage": "List the items of the course, each with its questions.",
    "new": "Write a commented question to start from.",
    "preview": "Draw a question file and show everything about it.",
    "schema": "Print the JSON Schema of a question file.",
}

command = LazyGroup(
    "bank",
    package="chainrule.commands.bank",
    lines=LINES,
    help="Write, preview and check questions.",
    epilog="\b\nExample:\n  chainrule bank new convolution.my-question\n",
)
