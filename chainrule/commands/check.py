"""`chainrule check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option
from chainrule.terminal import say, say_json
from grader.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from grader.formula.symbols import Scope

EXAMPLES = """
chainrule check "X.T @ p" "(p @ X)" --symbol X:N,D --symbol p:N
chainrule check "softmax(z)*sum(y) - y" "softmax(z) - y" --symbol z:K --symbol y:K:one_hot
"""


@click.command("check", cls=Command, epilog=example(EXAMPLES))
@click.argument("answer")
@click.argument("key")
@click.option(
    "--symbol", "symbols", multiple=True, metavar="NAME[:DIMS[:DOMAIN]]", help="Declare a symbol. Repeatable."
)
@json_option
def command(answer: str, key: str, symbols: tuple[str, ...], as_json: bool) -> int:
    """Compare two formulas.

    Says whether ANSWER is the same function of the symbols as KEY. A symbol is a number (x), a vector (x:N) or a
    matrix (X:N,D); a third field limits its values: positive, unit, simplex, one_hot, integer(1,9), ...
    """
    from chainrule.comparing import compare, declared
    from chainrule.records import verdict_record
    from chainrule.wording import verdict_lines

    scope: Scope = declared(symbols)
    verdict = compare(answer, key, scope)
    if as_json:
        say_json(verdict_record(verdict))
    else:
        for text, style in verdict_lines(verdict):
            say(text, style=style)
        if verdict.evidence:
            say(f"Evidence: {verdict.evidence.value}", style="dim")
    return exit_code(verdict)


def exit_code(verdict: Verdict) -> int:
    """What the verdict on a single answer makes the command return."""
    match verdict.outcome:
        case Outcome.RIGHT:
            return Exit.OK
        case Outcome.UNREADABLE:
            return Exit.USAGE
        case Outcome.FAULT:
            return Exit.FAULT
    return Exit.NOT_RIGHT
