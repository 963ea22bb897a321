"""`chainrule bank coverage`."""

from __future__ import annotations

from pathlib import Path

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import say, say_json, table


@click.command("coverage", cls=Command, epilog=example("chainrule bank coverage --wanted course.txt"))
@click.option(
    "--wanted", type=click.Path(path_type=Path), metavar="FILE", help="Items of the course, one a line; # comments."
)
@json_option
def command(wanted: Path | None, as_json: bool) -> int:
    """List which items of the course have questions.

    With --wanted also the items that have none; the exit code is then 1 where there are any.
    """
    from questions.coverage import coverage

    found = coverage(open_bank(), _ids(wanted) if wanted else ())
    if as_json:
        say_json({"families": found.families, "missing": found.missing})
    else:
        table(("item", "questions"), [(id, ", ".join(families)) for id, families in found.families.items()])
        for id in found.missing:
            say(f"no question: {id}", style="red")
    return Exit.NOT_RIGHT if found.missing else Exit.OK


def _ids(path: Path) -> list[str]:
    from chainrule import files

    lines = (line.partition("#")[0].strip() for line in files.read(path).splitlines())
    return [line for line in lines if line]
