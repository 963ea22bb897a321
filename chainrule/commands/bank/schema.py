"""`chainrule bank schema`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option
from chainrule.terminal import say_json


@click.command("schema", cls=Command, epilog=example("chainrule bank schema > family.schema.json"))
@json_option
def command(as_json: bool) -> int:
    """Print the JSON Schema of a question file.

    Editors complete and check YAML by it. It is JSON with and without --json.
    """
    from questions.schema import json_schema

    say_json(json_schema())
    return Exit.OK
