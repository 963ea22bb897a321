"""`chainrule show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option, open_family
from chainrule.terminal import say, say_json

if TYPE_CHECKING:
    from questions.variant import Variant


@click.command(
    "show",
    cls=Command,
    help="Draw one question and print it.",
    epilog=example("chainrule show convolution.output-size --seed 7 --solution"),
)
@click.argument("id")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Fixes what is drawn.")
@click.option("--solution", is_flag=True, help="Print hints, a right answer and the worked steps too.")
@json_option
def command(id: str, seed: int, solution: bool, as_json: bool) -> int:
    variant = open_family(id).draw(seed)
    if as_json:
        from chainrule.records import variant_record

        say_json(variant_record(variant, solution=solution))
    else:
        _print(variant, solution=solution)
    return Exit.OK


def _print(variant: Variant, *, solution: bool) -> None:
    from chainrule.wording import counted, how_to_answer, part_text

    say(variant.title, style="bold")
    say(f"{variant.family}, seed {variant.seed}, level {variant.level}; {variant.source}", style="dim")
    for part in variant.parts:
        name = f"({part.id}) " if len(variant.parts) > 1 else ""
        say(f"\n{name}{part_text(part)}")
        if part.starter:
            say("\n" + part.starter.rstrip(), style="cyan")
        say(f"{how_to_answer(part)} [{counted(part.marks, 'mark')}]", style="dim")
        if solution:
            say(f"Answer: {part.answer_text.rstrip()}", style="green")
    if solution:
        _print_solution(variant)


def _print_solution(variant: Variant) -> None:
    from chainrule.records import step_texts
    from chainrule.worked import drawn_texts, example_of, given_texts, worked_picture_text

    for number, hint in enumerate(variant.hints, start=1):
        say(f"Hint {number}: {hint}")
    steps, numbers = step_texts(variant), example_of(variant)
    if steps:
        say("\nStep by step:")
    given = drawn_texts(variant.steps) if numbers is None else given_texts(numbers)
    if steps and given:
        say(f"  in numbers, with {'; '.join(given)}", style="dim")
    for step in steps:
        say(f"  {step}")
    if picture := worked_picture_text(variant):
        say(f"\n{picture}")
