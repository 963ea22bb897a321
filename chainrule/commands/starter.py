"""`chainrule starter`."""

from __future__ import annotations

from pathlib import Path

import click

from chainrule.commands.grade import code_part
from chainrule.options import Command, Exit, command_line, example, json_option, open_family
from chainrule.terminal import printable, say, say_json

EXAMPLES = """
chainrule starter layers.softmax-backward
chainrule starter layers.softmax-backward --seed 7 --out softmax.py
"""


@click.command("starter", cls=Command, epilog=example(EXAMPLES))
@click.argument("id")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Fixes what is drawn.")
@click.option("--part", metavar="PART", help="Its part, where several ask for code.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    metavar="FILE",
    help="Where to write it; - or nothing prints it.",
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@json_option
def command(id: str, seed: int, part: str | None, out: Path, force: bool, as_json: bool) -> int:
    """Write the file to start from for a code question.

    It holds what the function is given and returns, an example with small numbers, and the command that grades it.
    """
    from chainrule import files
    from chainrule.starters import starter_text

    printed = str(out) == "-"
    if not printed and not force and (out.is_file() or out.is_symlink()):
        raise click.UsageError(f"{out} exists; --force writes over it")
    family = open_family(id)
    variant = family.draw(seed)
    chosen = code_part(variant, part)
    which = [] if part is None else ["--part", part]
    grade = command_line("grade", "FILE" if printed else out, "--question", id, "--seed", f"{seed}", *which)
    text = starter_text(family, variant, chosen, grade=grade)
    if not printed:
        files.write(out, text)
    if as_json:
        say_json({"question": id, "seed": seed, "file": None if printed else str(out), "text": text, "grade": grade})
    elif printed:
        click.echo(printable(text), nl=False)
    else:
        say(f"Wrote {out}. Next: {grade} --watch")
    return Exit.OK
