"""`chainrule export`."""

from __future__ import annotations

from pathlib import Path

import click

from chainrule.options import Command, Exit, example, json_option, open_store_option, store_option
from chainrule.terminal import say, say_json


@click.command("export", cls=Command, epilog=example("chainrule export --out answers.jsonl"))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="Where to.")
@store_option
@json_option
def command(out: Path, store: str | None, as_json: bool) -> int:
    """Write everything that is stored as JSON lines.

    One record a line, to keep or to move. `chainrule import` reads it back, into any store; what is there already is
    left out.
    """
    from chainrule import files
    from chainrule.store.exchange import exported

    with open_store_option(store) as kept:
        if out.exists() and Path(kept.name).exists() and out.samefile(kept.name):
            raise click.UsageError(f"{out} is the store itself, which an export would replace; name another file")
        count = files.write_lines(out, exported(kept)) - 1  # the first says what the others are
    if as_json:
        say_json({"file": str(out), "records": count})
    else:
        say(f"Wrote {out}: {count} records")
    return Exit.OK
