"""`chainrule publish`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from chainrule.options import Command, Exit, bank_folders, command_line, example, json_option, open_bank
from chainrule.terminal import complain, say, say_json

if TYPE_CHECKING:
    from chainrule.publishing.chosen import Chosen, LeftOut
    from chainrule.publishing.written import Written

FORMATS = ("moodle", "qti", "anki", "notebook", "pdf", "gradescope", "gradescope-results")
EXAMPLES = """
chainrule publish moodle mine.yaml --out mine.xml
chainrule publish moodle --family convolution.output-size --variants 40 --out bank.xml
chainrule publish qti mine.yaml --out mine.zip
chainrule publish anki --question layers.softmax-cross-entropy@7 --sheet layers --out layers.apkg
chainrule publish notebook mine.yaml --out mine.ipynb      then: chainrule grade mine.ipynb
chainrule publish pdf mine.yaml --out paper.pdf            and paper-key.pdf
chainrule publish gradescope mine.yaml --out autograder.zip
chainrule publish gradescope-results answered.yaml --out results.json
"""
ONLY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sheets": ("anki",),
        "formulas": ("moodle", "qti"),
        "solutions": ("moodle", "qti"),
        "checks": ("notebook",),
        "torch": ("gradescope",),
        "wheels": ("gradescope",),
        "visibility": ("gradescope", "gradescope-results"),
        "student": ("gradescope-results",),
    }
)
SHOWN = 5  # questions named for one reason


@click.command("publish", cls=Command, epilog=example(EXAMPLES))
@click.argument("format", type=click.Choice(FORMATS), metavar="FORMAT")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--question", "questions", multiple=True, metavar="ID@SEED", help="This variant; repeatable.")
@click.option("--family", metavar="ID", help="Many variants of one question, for a question bank.")
@click.option("--variants", type=click.IntRange(1, 500), default=20, show_default=True, help="How many, with --family.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of questions without one.")
@click.option("--sheet", "sheets", multiple=True, metavar="TOPIC", help="anki: its formulas too; repeatable.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="PATH", help="Where to write.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@click.option("--formulas", is_flag=True, help="moodle, qti: formulas as short answers, compared by their text.")
@click.option("--solutions/--no-solutions", default=True, help="moodle, qti: with worked solutions as feedback.")
@click.option("--checks/--no-checks", default=True, help="notebook: with cells that check answers at once.")
@click.option("--torch/--no-torch", default=True, help="gradescope: with PyTorch in the autograder.")
@click.option(
    "--wheels", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="gradescope: wheels of all that is needed, so that nothing is fetched when it is set up.",
)  # fmt: skip
@click.option(
    "--visibility", type=click.Choice(("visible", "after_due_date", "after_published", "hidden")),
    default="visible", show_default=True, help="gradescope: when students see what their answers earned.",
)  # fmt: skip
@click.option("--student", metavar="ID", help="gradescope-results: this student of a graded class.")
@click.option("--skip-changed", is_flag=True, help="Leave out questions that were changed since the quiz was drawn.")
@json_option
def command(
    format: str,
    file: Path | None,
    questions: tuple[str, ...],
    family: str | None,
    variants: int,
    seed: int,
    sheets: tuple[str, ...],
    out: Path,
    force: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Write questions for Moodle, Canvas, Anki, Jupyter, Gradescope or paper.

    FORMAT: moodle (XML for the question bank), qti (Canvas), anki (cards), notebook (Jupyter), pdf (paper and key),
    gradescope (an autograder), or gradescope-results (the results of graded answers). FILE is a quiz that
    `chainrule quiz --save` wrote; --question or --family stand in its place.
    """
    from chainrule.publishing.written import Settings, lost_sentence, write

    _refuse(format, file, questions, family, sheets)
    _refuse_strange(format)
    _refuse_name(format, out)
    settings = Settings(
        format=format, out=out, force=force, file=file, sheets=sheets, folders=bank_folders(), **options
    )
    _refuse_existing(settings.files(), force=force)
    if format == "gradescope-results":
        return _told(write(settings, None), as_json=as_json)
    chosen = _chosen(file, questions, family, variants, seed)
    if chosen.lost and not settings.skip_changed:
        raise click.UsageError(lost_sentence(chosen.lost))
    return _told(write(settings, chosen), as_json=as_json)


def _refuse(
    format: str, file: Path | None, questions: tuple[str, ...], family: str | None, sheets: tuple[str, ...]
) -> None:
    """Refuses what does not go together."""
    named = sum([file is not None, bool(questions), family is not None])
    if named > 1:
        raise click.UsageError("a quiz FILE, --question and --family exclude each other")
    if named == 0 and not sheets:
        raise click.UsageError("which questions? Name a quiz FILE, or give --question ID@SEED or --family ID")
    if format == "gradescope-results" and file is None:
        raise click.UsageError("gradescope-results wants a FILE: an answered quiz, or results.jsonl of a graded class")


def _refuse_strange(format: str) -> None:
    """Refuses options that the format does not have: whoever gives one counts on it."""
    context = click.get_current_context()
    for option in context.command.params:
        name = option.name or ""
        typed = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if typed and format not in ONLY.get(name, FORMATS):
            shown = option.secondary_opts if context.params[name] is False else option.opts
            raise click.UsageError(f"{shown[0]} goes with {' and '.join(ONLY[name])}, not with {format}")


def _refuse_name(format: str, out: Path) -> None:
    """Refuses a notebook that neither Jupyter nor `chainrule grade` would know by its name."""
    if format == "notebook" and out.suffix != ".ipynb":
        raise click.UsageError(f"came --out {out}, expected a name that ends in .ipynb: by it Jupyter opens a notebook")


def _refuse_existing(files: Iterable[Path], *, force: bool) -> None:
    for path in files:
        if not force and (path.is_file() or path.is_symlink()):
            raise click.UsageError(f"{path} exists; --force writes over it")


def _chosen(file: Path | None, questions: tuple[str, ...], family: str | None, variants: int, seed: int) -> Chosen:
    from chainrule.publishing.chosen import from_family, from_file, from_ids

    bank = open_bank()
    if file is not None:
        return from_file(file, bank)
    if family is not None:
        return from_family(family, variants, bank, seed=seed)
    return from_ids(questions, bank, seed=seed)


def _told(written: Written, *, as_json: bool) -> int:
    """Says what was written, and what was left out or is judged otherwise."""
    if as_json:
        say_json(written.record())
        return Exit.OK
    for path in written.files:
        say(f"Wrote {path}")
    say(f"{written.questions} questions." if written.questions != 1 else "1 question.")
    for sentence in written.lost:
        complain(f"chainrule: left out: {sentence}")
    _tell("Left out", written.left_out)
    _tell("Not as here", written.remarks)
    if written.next_words:
        say(f"Next: {command_line(*written.next_words)}")
    return Exit.OK


def _tell(head: str, found: Iterable[LeftOut]) -> None:
    """One line a reason, with the first questions that it holds for."""
    by_reason: dict[str, list[str]] = {}
    for one in found:
        by_reason.setdefault(one.why, []).append(one.what)
    for why, whats in by_reason.items():
        listed = ", ".join(whats[:SHOWN]) + (f" and {len(whats) - SHOWN} more" if len(whats) > SHOWN else "")
        say(f"{head}: {listed}: {why}")
