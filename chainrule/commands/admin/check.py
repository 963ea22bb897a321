"""`chainrule admin check`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json, table


@click.command("check", cls=Command, epilog=example("chainrule admin check"))
@store_option
@json_option
def command(store: str | None, as_json: bool) -> int:
    """Check that the store is whole, and count what it holds.

    Reads all of it; a server may go on meanwhile. Exit code 1 where something is wrong.
    """
    from chainrule.store.soundness import soundness

    with open_store_option(store) as kept:
        found, name = soundness(kept), kept.name
    if as_json:
        say_json({"store": name, "counts": dict(found.counts), "faults": list(found.faults)})
    else:
        table(["what", "records"], [[what, str(count)] for what, count in found.counts.items() if count])
        for fault in found.faults:
            say(fault)
        say(f"{name}: {'damaged; put back a backup' if found.faults else 'whole'}")
    return Exit.NOT_RIGHT if found.faults else Exit.OK
