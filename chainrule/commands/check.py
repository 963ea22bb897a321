"""`chainrule check`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option
from chainrule.terminal import on_terminal, progress, say, say_json
from grader.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from grader.formula.symbols import Scope

MAX_CASES = 200_000_000  # bytes of a file of pairs

EXAMPLES = """
chainrule check "X.T @ p" "(p @ X)" --symbol X:N,D --symbol p:N
chainrule check --cases pairs.jsonl --out records.jsonl --jobs 2
chainrule check "softmax(z)*sum(y) - y" "softmax(z) - y" --symbol z:K --symbol y:K:one_hot
"""


@click.command("check", cls=Command, epilog=example(EXAMPLES))
@click.argument("answer", required=False)
@click.argument("key", required=False)
@click.option("--cases", type=click.Path(path_type=Path), metavar="FILE", help="Judge the pairs of a file instead.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where their records go.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes for --cases.")
@click.option(
    "--symbol", "symbols", multiple=True, metavar="NAME[:DIMS[:DOMAIN]]", help="Declare a symbol. Repeatable."
)
@json_option
def command(
    answer: str | None,
    key: str | None,
    cases: Path | None,
    out: Path | None,
    jobs: int,
    symbols: tuple[str, ...],
    as_json: bool,
) -> int:
    """Compare two formulas, or every pair of a file.

    Says whether ANSWER is the same function of the symbols as KEY. A symbol is a number (x), a vector (x:N) or a
    matrix (X:N,D); a third field limits its values: positive, unit, simplex, one_hot, integer(1,9), ...

    A file of pairs holds one JSON object a line: {"id": 1, "answer": "X^T y", "expected": "X.T @ y", "symbols":
    {"X": ["N", "D"], "y": ["N"]}}. Each line gets a record on standard output or in --out, in the same order.
    """
    if cases is not None:
        if answer is not None or symbols:
            raise click.UsageError("--cases takes its formulas and symbols from the file")
        return _judge_file(cases, out, jobs)
    if answer is None or key is None:
        raise click.UsageError("two formulas are needed, ANSWER and KEY, or a file with --cases")
    if out is not None:
        raise click.UsageError("--out goes with --cases")
    from chainrule.comparing import compare, declared, undeclared
    from chainrule.records import verdict_record
    from chainrule.wording import verdict_lines

    scope: Scope = declared(symbols)
    verdict = compare(answer, key, scope)
    if as_json:
        say_json(verdict_record(verdict))
    else:
        for feedback in verdict.feedback:
            if remedy := undeclared(feedback, "ANSWER", answer):
                raise click.UsageError(remedy)
        for text, style in verdict_lines(verdict):
            say(text, style=style)
        if verdict.evidence:
            say(f"Evidence: {verdict.evidence.value}", style="dim")
    return exit_code(verdict)


def _judge_file(cases: Path, out: Path | None, jobs: int) -> int:
    """Judges the pairs of a file; right away on standard output, or all at once into `out`."""
    from chainrule.files import read, write
    from chainrule.pairs import judged, spread

    lines = [line for line in read(cases, most=MAX_CASES).split("\n") if line.strip()]
    written: list[str] = []
    quiet = out is None or not on_terminal()
    with spread(jobs) as executor, progress("judging", quiet=quiet) as advance:
        for done, record in enumerate(judged(lines, executor), 1):
            text = json.dumps(record)
            written.append(text)
            if out is None:
                click.echo(text)
            advance(done, len(lines))
    if out is not None:
        write(out, "".join(f"{text}\n" for text in written))
    return Exit.OK


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
