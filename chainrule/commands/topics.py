"""`chainrule topics`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import say, say_json


@click.command(
    "topics", cls=Command, help="List the topics and their questions.", epilog=example("chainrule topics --json")
)
@json_option
def command(as_json: bool) -> int:
    bank = open_bank()
    topics = bank.topics()
    if as_json:
        say_json([{"topic": name, "title": title, "families": list(ids)} for name, (title, ids) in topics.items()])
        return Exit.OK
    for name, (title, ids) in topics.items():
        say(f"{name}: {title}", style="bold")
        for family in ids:
            say(f"  {family}  {bank.family(family).title}")
    return Exit.OK
