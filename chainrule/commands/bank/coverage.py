"""`chainrule bank coverage`."""

from __future__ import annotations

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import say, say_json, table

EXAMPLES = """
chainrule bank coverage convolution
chainrule bank coverage --gaps
chainrule bank coverage --json
"""


@click.command("coverage", cls=Command, epilog=example(EXAMPLES))
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option("--gaps", is_flag=True, help="Only items without a question, or without one of a kind that suits them.")
@json_option
def command(topics: tuple[str, ...], gaps: bool, as_json: bool) -> int:
    """List the items of the course, each with its questions.

    Lists all items, or those of the topics named. The exit code is 1 where an item has no question.
    With --json: {item: [questions]}, an empty list where there are none.
    """
    from questions.course import shipped_course
    from questions.coverage import coverage, items_of

    found = coverage(open_bank(), items_of(topics, shipped_course()))
    shown = [each for each in found if each.missing or not each.families] if gaps else found
    bare = [each for each in found if not each.families]
    if as_json:
        say_json({each.item.id: list(each.families) for each in shown})
    else:
        table(
            ("item", "name", "questions", "missing"),
            [(e.item.id, e.item.name, ", ".join(e.families) or "none", ", ".join(e.missing)) for e in shown],
        )
        say(f"items: {len(found)}, without a question: {len(bare)}", style="red" if bare else "bold")
    return Exit.NOT_RIGHT if bare else Exit.OK
