"""`chainrule bank preview`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import on_terminal, say, say_json
from chainrule.watching import saves

if TYPE_CHECKING:
    from questions.authoring import Preview, PreviewedPart


@click.command("preview", cls=Command, epilog=example("chainrule bank preview convolution/my-question.yaml --watch"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="Draw again whenever the file is saved; Ctrl-C ends.")
@json_option
def command(file: Path, watch: bool, as_json: bool) -> int:
    """Draw a question file and show everything about it.

    Prompts and answers for five seeds, how the keys were read, mistakes with the share of variants in which they
    differ from the key, mistakes to consider, and every fault with its line and column.
    """
    from grader.prover import Prover
    from grader.sandbox import Sandbox
    from questions.authoring import preview

    if not file.is_file():
        raise click.UsageError(f"{file}: no such file; `chainrule bank new TOPIC.NAME` writes one")
    file = file.absolute()  # the folder's name is the topic
    bank = open_bank()
    with Sandbox() as sandbox, Prover() as prover:
        for _ in saves(lambda: [file]):
            found = preview(file, bank=bank, sandbox=sandbox, prover=prover)
            if as_json:
                say_json(_record(found))
            else:
                _print(found, clear=watch)
            if not watch:
                return Exit.OK if found.ok else Exit.NOT_RIGHT
    return Exit.OK


def _print(found: Preview, *, clear: bool) -> None:
    from questions.broken import grouped

    if clear and on_terminal():
        click.clear()
    for fault in found.faults:
        say(str(fault), style="red")
    for line in grouped(found.broken, len(found.variants)):
        say(line, style="red")
    if found.faults:
        return
    say(f"{found.id}: {found.title}", style="bold")
    for variant in found.variants:
        say(f"\nSeed {variant.seed}", style="bold")
        for prompt, answer in zip(variant.prompts, variant.answers, strict=True):
            say(f"{prompt}\nAnswer: {answer.rstrip()}")
    for part in found.parts:
        _print_part(part)
    for id, near in found.course.items():
        say(f"No other question covers {id}" + (f"; nearest: {', '.join(near)}" if near else ""), style="yellow")


def _print_part(part: PreviewedPart) -> None:
    proof = f"; its steps: {part.proof}" if part.proof else ""
    say(f"\nPart {part.id} ({part.kind}){proof}", style="bold")
    if part.oracles:
        say(f"Key agrees with: {', '.join(part.oracles)}")
    say(f"Key read as: {part.echo.rstrip()}")
    for mistake in part.mistakes:
        say(f"  mistake {mistake.name}: {mistake.key}  (differs in {mistake.share:.0%} of variants)  {mistake.says}")
    for idea in part.suggested:
        say(f"  consider {idea.name}: {idea.key}  {idea.says}", style="dim")


def _record(found: Preview) -> dict[str, object]:
    from dataclasses import asdict

    record = asdict(found)
    return {
        **record,
        "ok": found.ok,
        "faults": [str(f) for f in found.faults],
        "broken": [str(b) for b in found.broken],
    }
