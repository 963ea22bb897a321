"""`chainrule regrade`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_bank, open_store_option, store_option
from chainrule.terminal import progress, say, say_json, table


@click.command("regrade", cls=Command, epilog=example("chainrule regrade --family layers.softmax-backward --dry-run"))
@click.option("--family", required=True, metavar="ID", help="Of this question; its file was repaired.")
@click.option(
    "--reason", default="the question was repaired", show_default=True, help="Why; kept with each new verdict."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and keep nothing.")
@store_option
@json_option
def command(family: str, reason: str, dry_run: bool, store: str | None, as_json: bool) -> int:
    """Judge stored answers to a question anew.

    It says what changed. The log stays as it is: the new verdict is added to it and counts from now on.
    """
    from chainrule.grading import Grader
    from chainrule.regrading import regrade

    bank = open_bank()
    bank.family(family)
    with open_store_option(store) as kept, Grader() as grader, progress("Judging", quiet=as_json) as advance:
        found = regrade(
            kept.judged(None, family=family), bank, grader, None if dry_run else kept, reason=reason, each=advance
        )
    rows = [
        {
            "attempt": change.judged.attempt.id,
            "learner": change.judged.item.learner,
            "at": change.judged.attempt.at.isoformat(),
            "part": change.judged.attempt.part,
            "answer": change.judged.attempt.answer,
            "before": change.judged.outcome,
            "after": change.verdict.outcome.value,
            "marks": round(change.gained, 4),
        }
        for change in found.changes
    ]
    if as_json:
        say_json({"family": family, "changed": rows, "same": found.same, "left": found.left, "kept": not dry_run})
        return Exit.OK
    if rows:
        names = ("at", "learner", "part", "answer", "before", "after")
        table(names, [[str(row[name])[:60] for name in names] for row in rows], styled=5)
    say(f"{len(rows)} changed, {found.same} as before, {found.left} left as they are (drawn otherwise by now).")
    if dry_run and rows:
        say("Nothing was kept; leave out --dry-run to keep it.")
    return Exit.OK
