"""`chainrule sheet`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import (
    Command,
    Exit,
    bank_folders,
    command_line,
    example,
    json_option,
    open_bank,
    open_sheets,
)
from chainrule.terminal import say, say_json, waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainrule.sheet_folder import Written
    from chainrule.sheets import Choice

EXAMPLES = """
chainrule sheet --topic layers --out layers.html
chainrule sheet --topic layers --compact --pdf --out cheat.html
chainrule sheet --topic recurrent --level 3 --level 4 --questions-only --key key.html --out paper.html
chainrule sheet --all --out sheets/
chainrule sheet --check
"""
ADDRESS = re.compile(r"https?://[^/]|$")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("sheet", cls=Command, epilog=example(EXAMPLES))
@click.option("--topic", "topics", multiple=True, help="This topic; repeatable. `chainrule topics` lists them.")
@click.option(
    "--level", "levels", type=click.IntRange(1, 4), multiple=True, help="Questions of this level; repeatable."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the worked questions.")
@click.option("--compact", is_flag=True, help="Two columns without questions: a cheat sheet.")
@click.option("--with-answers/--questions-only", "answers", default=True, help="Questions only: a paper to write on.")
@click.option("--key", type=FILE, metavar="FILE", help="The answers to --questions-only, under the same form.")
@click.option("--pdf", is_flag=True, help="Also as PDF beside each page, where Chromium is installed.")
@click.option("--lang", default="en", show_default=True, help="Language of headings and labels.")
@click.option("--link-base", default="", metavar="URL", help="Address of a server that `Try it` leads to.")
@click.option("--all", "everything", is_flag=True, help="Every topic as a page in the folder --out, with an index.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes for --all.  [default: one a processor]")
@click.option("--check", is_flag=True, help="Check every formula by its second way instead of writing.")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="File to write; a folder with --all.")
@json_option
def command(
    topics: tuple[str, ...],
    levels: tuple[int, ...],
    seed: int,
    compact: bool,
    answers: bool,
    key: Path | None,
    pdf: bool,
    lang: str,
    link_base: str,
    everything: bool,
    jobs: int | None,
    check: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    """Write a revision sheet as HTML.

    One file that needs nothing else: definitions, formulas with shapes and typical mistakes, tables, pictures; then
    one question of each kind worked through.
    """
    from chainrule.sheets import Choice

    wrong = {
        "--check writes nothing; leave --out out": check and out is not None,
        "where to? Give --out FILE, or --all --out DIR": not check and out is None,
        "--key goes with --questions-only; a sheet holds its answers": key is not None and answers,
        "--compact has no questions; leave it or --questions-only out": compact and not answers,
        "--compact has no questions; leave --level out": compact and levels != (),
        "--all writes sheets with answers; for papers name topics and --out FILE": everything and not answers,
        "--jobs goes with --all": jobs is not None and not everything,
        "--link-base wants an address such as http://127.0.0.1:8000": not ADDRESS.match(link_base),
    }
    for message in (message for message, holds in wrong.items() if holds):
        raise click.UsageError(message)
    if out is None:
        return _check(topics, as_json=as_json)
    program = _browser() if pdf else ""
    choice = Choice(topics, levels, seed, compact, link_base, lang, asking=command_line("quiz"))
    if everything:
        written = _folder(out, choice, jobs, quiet=as_json)
    else:
        pages = (out,) if key is None else (out, key)
        _refuse_clash((*pages, *map(_pdf_of, pages)) if pdf else pages)
        written = _file(out, choice, answers, key)
        if not as_json:
            for page in written:
                say(f"Wrote {page.path}, {_size(page.size)}")
    pdfs = [_print(page.path, program, quiet=as_json) for page in written] if pdf else []
    if as_json:
        say_json({"files": [{"file": str(p.path), "bytes": p.size} for p in written], "pdf": [str(p) for p in pdfs]})
    return Exit.OK


def _refuse_clash(paths: Sequence[Path]) -> None:
    """Refuses to write one file of a command over another."""
    places = [path.resolve() for path in paths]
    if twice := [path for path, place in zip(paths, places, strict=True) if places.count(place) > 1]:
        raise click.UsageError(f"two files would be written to {twice[0]}; name pages apart, and end them in .html")


def _file(out: Path, choice: Choice, answers: bool, key: Path | None) -> list[Written]:
    from chainrule import files
    from chainrule.sheet_folder import Written
    from chainrule.sheets import make_sheet

    if out.is_dir():
        raise click.UsageError(f"{out} is a folder; name a file, or give --all")
    made = make_sheet(open_bank(), open_sheets(choice.topics), choice)
    if not answers and not made.worked:
        raise click.UsageError("there are no such questions; leave --level out, or name other topics")
    pages = [(out, made.html() if answers else made.paper())]
    if key is not None:
        pages.append((key, made.paper(key=True)))
    for path, text in pages:
        files.write(path, text)
    return [Written(path, len(text.encode())) for path, text in pages]


def _folder(out: Path, choice: Choice, jobs: int | None, *, quiet: bool) -> list[Written]:
    from chainrule.machine import cpus
    from chainrule.sheet_folder import write_folder
    from chainrule.sheets import chosen_topics
    from chainrule.words import words

    if out.exists() and not out.is_dir():
        raise click.UsageError(f"{out} is a file; --all wants a folder")
    words(choice.language)  # an unknown one is told before anything is written
    topics = chosen_topics(open_bank(), open_sheets(choice.topics), choice)

    def told(page: Written) -> None:
        if not quiet:
            say(f"Wrote {page.path}, {_size(page.size)}")

    return list(write_folder(out, tuple(topics), bank_folders(), choice, jobs=jobs or cpus(), done=told))


def _check(topics: tuple[str, ...], *, as_json: bool) -> int:
    from questions.course import shipped_course
    from questions.sheet_checks import check_sheet
    from questions.sheet_coverage import without_place
    from questions.sheets import load_sheets

    sheets, broken = load_sheets(bank_folders())
    known = {*sheets, *(Path(fault.file).stem for fault in broken)}
    if unknown := [topic for topic in topics if topic not in known]:
        raise click.UsageError(f"there is no sheet {unknown[0]!r}; there are: {', '.join(sorted(known))}")
    chosen = [sheet for topic, sheet in sheets.items() if not topics or topic in topics]
    faults = [str(fault) for fault in broken if not topics or Path(fault.file).stem in topics]
    with waiting("checking"):
        faults += [str(fault) for sheet in chosen for fault in check_sheet(sheet)]
    whole = not topics and bank_folders() is None
    missing = without_place(sheets.values(), shipped_course()) if whole else ()
    count = sum(len(sheet.formulas) + len(sheet.gradients) for sheet in chosen)
    if as_json:
        say_json(
            {
                "sheets": len(chosen),
                "formulas": count,
                "faults": faults,
                "without_place": list(missing) if whole else None,
            }
        )
    else:
        for line in faults:
            say(line)
        for id in missing:
            say(f"{id} has no place on a sheet")
        places = f", {len(missing)} ids without a place" if whole else ""
        say(f"{len(chosen)} sheets, {count} formulas: {len(faults)} faults{places}")
    return Exit.NOT_RIGHT if faults or missing else Exit.OK


def _browser() -> str:
    from chainrule.pdf import NoPdf, browser

    try:
        return browser()
    except NoPdf as error:
        raise click.UsageError(str(error)) from None


def _print(page: Path, program: str, *, quiet: bool) -> Path:
    from chainrule.pdf import NoPdf, print_pdf

    path = _pdf_of(page)
    try:
        print_pdf(page, path, program=program)
    except NoPdf as error:
        raise click.ClickException(str(error)) from None
    if not quiet:
        say(f"Wrote {path}")
    return path


def _pdf_of(page: Path) -> Path:
    return page.with_suffix(".pdf")


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB"
