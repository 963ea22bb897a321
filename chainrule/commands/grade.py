"""`chainrule grade`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.commands.check import exit_code
from chainrule.options import Command, Exit, example, json_option, open_bank, open_family
from chainrule.terminal import complain, on_terminal, say, say_json, table
from chainrule.watching import saves
from grader.verdict import Outcome

if TYPE_CHECKING:
    from chainrule.grading import GradedQuiz, Grader
    from questions.bank import Bank
    from questions.variant import Part, Variant

EXAMPLES = """
chainrule grade mine.yaml --html report.html
chainrule grade softmax.py --question layers.softmax-backward --seed 7
chainrule grade homework.ipynb --question layers.softmax-backward --watch
"""


@click.command("grade", cls=Command, epilog=example(EXAMPLES))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--question", metavar="ID", help="FILE is the code for this question.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The seed of that question.")
@click.option("--part", metavar="PART", help="Its part, where several ask for code.")
@click.option("--watch", is_flag=True, help="Grade again whenever FILE is saved; Ctrl-C ends.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a report too.")
@click.option(
    "--device", type=click.Choice(("auto", "cpu", "cuda")), default="cpu", show_default=True,
    help="Where code that uses PyTorch runs: auto takes a GPU if there is one.",
)  # fmt: skip
@json_option
def command(
    file: Path,
    question: str | None,
    seed: int,
    part: str | None,
    watch: bool,
    html: Path | None,
    device: str,
    as_json: bool,
) -> int:
    """Grade a quiz file, or code for one question.

    FILE is a quiz that `chainrule quiz --save` or `chainrule publish notebook` wrote. With --question it is code: a
    Python file, a folder in which one file defines the function that is asked for, or a notebook. Of a notebook the
    cells with the tag chainrule:ID are taken, else the cell that defines the function.

    On a GPU torch makes its tensors there, unless the code says where; NumPy code and formulas stay on the processor.
    """
    from chainrule.grading import Grader

    if question is None and (file.suffix in {".py", ".ipynb"} or file.is_dir()) and not _holds_quiz(file):
        raise click.UsageError(f"which question does {file} answer? Add --question ID and its --seed")
    if question is not None and html is not None:
        raise click.UsageError("--html goes with a quiz file, not with --question")
    if question is None:
        grading = _quiz(file, html, as_json=as_json)
    else:
        grading = _code(file, question, seed, part, as_json=as_json)
    with Grader(_device(device)) as grader:
        if not watch:
            return grading.run(grader)
        return _watch(file, grading, grader, as_json=as_json)


def _holds_quiz(file: Path) -> bool:
    """True for a notebook that `chainrule publish notebook` wrote: it says itself what it answers."""
    from chainrule.files import InputError
    from chainrule.quiz_notebook import quiz_in

    try:
        return file.suffix == ".ipynb" and file.is_file() and quiz_in(file) is not None
    except InputError:
        return False


def _device(word: str) -> str:
    """The device that the word means here; torch is not imported for the processor."""
    if word == "cpu":
        return word
    from solutions.training import resolved_device

    return resolved_device(word)


@dataclass(frozen=True)
class _Grading:
    """run: grades once, prints it and returns the exit code. files: what it reads, as far as that is known."""

    run: Callable[[Grader], int]
    files: Callable[[], list[Path]]


def _watch(file: Path, grading: _Grading, grader: Grader, *, as_json: bool) -> int:
    """Grades after each save until Ctrl-C; what cannot be read is said, and waited for."""
    from grader.errors import ChainruleError

    if not file.exists():
        raise click.UsageError(f"{file}: no such file or directory")
    for _ in saves(grading.files):
        if on_terminal() and not as_json:
            click.clear()
        try:
            grading.run(grader)
        except ChainruleError as error:
            complain(f"chainrule: {error}")
        if not as_json:
            say(f"{time.strftime('%H:%M:%S')}, watching {file}; Ctrl-C ends.", style="dim")
    return Exit.OK


def _quiz(file: Path, html: Path | None, *, as_json: bool) -> _Grading:
    from chainrule.quizfile import named_files

    bank = open_bank()
    return _Grading(
        lambda grader: _grade_quiz(file, bank, grader, html, as_json=as_json), lambda: [file, *named_files(file)]
    )


def _grade_quiz(file: Path, bank: Bank, grader: Grader, html: Path | None, *, as_json: bool) -> int:
    from chainrule.grading import grade_quiz
    from chainrule.quizfile import read_quiz
    from chainrule.records import graded_record

    graded = grade_quiz(read_quiz(file, bank), grader=grader)
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


def _code(file: Path, question: str, seed: int, wanted: str | None, *, as_json: bool) -> _Grading:
    part = code_part(open_family(question).draw(seed), wanted)
    return _Grading(
        lambda grader: _grade_code(file, part, question, grader, as_json=as_json), lambda: _present_files(file)
    )


def _present_files(path: Path) -> list[Path]:
    """The files that a submission may stand in; the path itself where they cannot be listed just now."""
    from chainrule.files import InputError
    from chainrule.submissions import submitted_files

    try:
        return submitted_files(path)
    except InputError:
        return [path]


def code_part(variant: Variant, wanted: str | None = None) -> Part:
    """The part that asks for code. wanted: its id, where several do. Raises UsageError where it is not clear."""
    found = {part.id: part for part in variant.parts if part.kind == "code"}
    if not found:
        raise click.UsageError(f"{variant.family} asks for no code; answer it in a quiz file")
    if wanted is None and len(found) == 1:
        return next(iter(found.values()))
    if wanted in found:
        return found[wanted]
    which = "it" if len(found) == 1 else "one of them"
    raise click.UsageError(f"{variant.family} asks for code in {', '.join(found)}; name {which} with --part")


def _grade_code(file: Path, part: Part, question: str, grader: Grader, *, as_json: bool) -> int:
    from chainrule.records import verdict_record
    from chainrule.submissions import read_submission
    from chainrule.terminal import waiting
    from chainrule.wording import verdict_lines

    grader.expect([part])
    found = read_submission(file, part, question)
    with waiting("judging"):
        verdict = grader.grade(part, found.code)
    if as_json:
        say_json({**verdict_record(verdict), "file": str(found.file), "remarks": list(found.remarks)})
        return exit_code(verdict)
    for remark in found.remarks:
        say(remark, style="dim")
    for text, style in verdict_lines(verdict):
        say(text, style=style)
    return exit_code(verdict)
