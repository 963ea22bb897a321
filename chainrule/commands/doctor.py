"""`chainrule doctor`."""

from __future__ import annotations

from dataclasses import asdict

import click

from chainrule.options import Command, Exit, example, json_option
from chainrule.terminal import say, say_json, table, waiting


@click.command("doctor", cls=Command, epilog=example("chainrule doctor"))
@json_option
def command(as_json: bool) -> int:
    """Show what this machine offers, and what each missing thing would give.

    Confinement of submitted code, packages, GPU, browser and caches. Exit code 1 where submitted code is not
    confined in full, that is, without landlock or seccomp.
    """
    from chainrule.machine import findings

    with waiting("looking"):
        found = list(findings())
    missing = {finding.name for finding in found if not finding.there}
    confined = missing.isdisjoint({"confinement: landlock", "confinement: seccomp"})
    if as_json:
        say_json({"confined": confined, "findings": [asdict(finding) | {"there": finding.there} for finding in found]})
    else:
        rows = [[one.name, one.found or "missing", one.gives] for one in found]
        table(["what", "here", "what it gives"], rows)
        if not confined:
            say("Submitted code is not confined in full here: run only code of people whom you trust.", style="yellow")
    return Exit.OK if confined else Exit.NOT_RIGHT
