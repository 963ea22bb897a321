"""`chainrule import`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json


@click.command("import", cls=Command, epilog=example("chainrule import answers.jsonl"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_option
@json_option
def command(file: Path, store: str | None, as_json: bool) -> int:
    """Read JSON lines into the store.

    They are of `chainrule export`. All of them are read, or none where one is wrong; what is there already stays.
    """
    from chainrule.store.exchange import imported

    with open_store_option(store) as kept, file.open(encoding="utf-8", errors="replace") as lines:
        counts = imported(kept, lines)
    if as_json:
        say_json(asdict(counts))
    else:
        new, known = sum(counts.new.values()), sum(counts.known.values())
        say(f"Read {file}: {new} new records, {known} that were there already")
    return Exit.OK
