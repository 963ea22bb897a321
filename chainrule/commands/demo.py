"""`chainrule demo`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import progress, say, say_json

if TYPE_CHECKING:
    from chainrule.demo.running import Demonstration

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("demo", cls=Command, epilog=example("chainrule demo --out build/demo"))
@click.option("--out", type=FOLDER, default="build/demo", show_default=True, help="Where the pages go.")
@json_option
def command(out: Path, as_json: bool) -> int:
    """Run everything once: a quiz drawn, graded and reported.

    The answers come from a file and are right, mistaken and unreadable on purpose, so the marks are not full.
    """
    from chainrule.commands.train import train_one
    from chainrule.demo.running import run

    start = time.perf_counter()
    train_one("digits-cnn", "auto", quiet=as_json)
    with progress("grading", quiet=as_json) as advance:
        done = run(open_bank(), out, each=advance)
    if as_json:
        from chainrule.records import graded_record

        say_json({**graded_record(done.graded), "files": [str(path) for path in done.files]})
    else:
        _print(done, time.perf_counter() - start)
    return Exit.OK


def _print(done: Demonstration, seconds: float) -> None:
    from chainrule.commands.grade import print_graded

    print_graded(done.graded)
    say(f"Done in {seconds:.0f} s. Written:")
    for path in done.files:
        say(f"  {path}")
