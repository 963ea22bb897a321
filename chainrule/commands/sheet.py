"""`chainrule sheet`."""

from __future__ import annotations

from pathlib import Path

import click

from chainrule.options import Command, Exit, example, json_option, open_bank, open_sheets
from chainrule.terminal import say, say_json


@click.command("sheet", cls=Command, epilog=example("chainrule sheet --topic layers --out sheet.html"))
@click.option("--topic", help="One topic only; `chainrule topics` lists them. All topics otherwise.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="Where to.")
@json_option
def command(topic: str | None, out: Path, as_json: bool) -> int:
    """Write a revision sheet as HTML.

    One file that needs nothing else: formulas with their shapes, then one question of each family worked through.
    """
    from chainrule.reports import write_sheet

    write_sheet(out, open_bank(), open_sheets(), topic)
    if as_json:
        say_json({"file": str(out), "topic": topic})
    else:
        say(f"Wrote {out}")
    return Exit.OK
