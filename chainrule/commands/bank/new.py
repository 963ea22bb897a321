"""`chainrule bank new`."""

from __future__ import annotations

from pathlib import Path

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import say, say_json

EXAMPLES = """
chainrule bank new convolution.my-question
chainrule bank new layers.my-gradient --like layers.dense-backward --out mine/layers/my-gradient.yaml
"""


@click.command("new", cls=Command, epilog=example(EXAMPLES))
@click.argument("id")
@click.option("--like", metavar="ID", help="Start from this question instead of the commented example.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to; TOPIC/NAME.yaml otherwise.",
)
@json_option
def command(id: str, like: str | None, out: Path | None, as_json: bool) -> int:
    """Write a commented question to start from.

    ID is topic.name. Preview the file while you edit it: chainrule bank preview FILE --watch
    """
    from chainrule import files
    from questions.authoring import new_family

    text = new_family(id, like=like, bank=open_bank() if like else None)
    path = out or Path(id.partition(".")[0], f"{id.partition('.')[2]}.yaml")
    if path.is_file():
        raise click.UsageError(f"{path} exists; name another file with --out")
    files.write(path, text)
    if as_json:
        say_json({"file": str(path), "id": id})
    else:
        say(f"Wrote {path}. Next: chainrule bank preview {path} --watch")
    return Exit.OK
