"""`chainrule grade`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.commands.check import exit_code
from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import complain, say, say_json, table
from grader.verdict import Outcome

if TYPE_CHECKING:
    from chainrule.grading import GradedQuiz

EXAMPLES = """
chainrule grade mine.yaml --html report.html
chainrule grade my_conv.py --question convolution.forward-code --seed 7
"""


@click.command("grade", cls=Command, epilog=example(EXAMPLES))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--question", metavar="ID", help="FILE is the code for this question.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The seed of that question.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a report too.")
@json_option
def command(file: Path, question: str | None, seed: int, html: Path | None, as_json: bool) -> int:
    """Grade a quiz file, or a code file for one question.

    FILE is a quiz that `chainrule quiz --save` wrote, or Python code when --question is given.
    """
    if question is not None:
        if html is not None:
            raise click.UsageError("--html goes with a quiz file, not with --question")
        return _grade_code(file, question, seed, as_json=as_json)
    if file.suffix == ".py":
        raise click.UsageError(f"which question does {file} answer? Add --question ID and its --seed")
    return _grade_quiz(file, html, as_json=as_json)


def _grade_quiz(file: Path, html: Path | None, *, as_json: bool) -> int:
    from chainrule.grading import grade_quiz
    from chainrule.quizfile import read_quiz
    from chainrule.records import graded_record

    graded = grade_quiz(read_quiz(file, open_bank()))
    if html is not None:
        from chainrule.reports import write_report

        write_report(html, graded)
    if as_json:
        say_json(graded_record(graded))
    else:
        print_graded(graded)
        if html is not None:
            say(f"Report: {html}")
    for lost in graded.lost:
        complain(f"chainrule: not graded: {lost}")
    return quiz_exit_code(graded)


def quiz_exit_code(graded: GradedQuiz) -> int:
    """2 where nothing could be graded, 3 for a fault of ours, 1 where anything is not right, otherwise 0."""
    if not graded.parts:
        return Exit.USAGE
    if any(part.outcome == Outcome.FAULT for part in graded.parts):
        return Exit.FAULT
    return Exit.OK if graded.all_right else Exit.NOT_RIGHT


def print_graded(graded: GradedQuiz) -> None:
    """Prints a row for each part, then the marks."""
    from chainrule.wording import feedback_text, score_line

    rows = [
        (
            f"{part.number}",
            part.variant.family if len(part.variant.parts) == 1 else f"{part.variant.family} ({part.part.id})",
            part.outcome,
            f"{part.earned:g}/{part.part.marks:g}",
            part.verdict.reading if part.verdict else "",
            feedback_text(part.verdict) if part.verdict else "",
        )
        for part in graded.parts
    ]
    table(("", "question", "outcome", "marks", "read as", "feedback"), rows, styled=2)
    say(score_line(graded), style="bold")


def _grade_code(file: Path, question: str, seed: int, *, as_json: bool) -> int:
    from chainrule import files
    from chainrule.grading import grade
    from chainrule.records import verdict_record
    from chainrule.wording import verdict_lines

    variant = open_bank().family(question).draw(seed)
    parts = [part for part in variant.parts if part.kind == "code"]
    if not parts:
        raise click.UsageError(f"{question} asks for no code; answer it in a quiz file")
    verdict = grade(parts[0], files.read(file))
    if as_json:
        say_json(verdict_record(verdict))
    else:
        for text, style in verdict_lines(verdict):
            say(text, style=style)
    return exit_code(verdict)
