"""`chainrule hand-out`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, bank_folders, example, json_option, open_bank
from chainrule.terminal import progress, say, say_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainrule.bulk.assignment import Assignment
    from chainrule.bulk.records import Student
    from questions.bank import Bank

EXAMPLES = """
chainrule hand-out homework.yaml --students class.csv --out homework/
"""
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("hand-out", cls=Command, epilog=example(EXAMPLES))
@click.argument("assignment", type=FILE)
@click.option("--students", type=FILE, required=True, metavar="FILE.csv", help="The class: id, name, email, canvas id.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="DIR", help="Where to.")
@click.option("--force", is_flag=True, help="Write over files that exist.")
@click.option(
    "--sealed/--open", "sealed", default=None,
    help="Without seeds, with which answers can be looked up; or with them, so that students can grade by themselves.  "
    "[default: sealed where each student has own numbers]",
)  # fmt: skip
@json_option
def command(assignment: Path, students: Path, out: Path, force: bool, sealed: bool | None, as_json: bool) -> int:
    """Write what each student of a class is to answer.

    DIR gets a folder for each student, named by the id: a quiz file with places for answers, and a file to start from
    for each function that is asked for. `chainrule grade-class` takes in what comes back.
    """
    from chainrule.bulk.assignment import load_assignment
    from chainrule.bulk.handing_out import folder_of
    from chainrule.bulk.roster import read_roster

    bank = open_bank()
    asked = load_assignment(assignment, bank, bank_folders() or ())
    folders = {folder_of(student): student for student in read_roster(students).students}
    there = [out / name for name in folders if (out / name).exists() or (out / name).is_symlink()]
    if there and not force:
        raise click.UsageError(f"{there[0]} exists and may hold answers; --force writes over it, or name another --out")
    chosen = asked.own_numbers if sealed is None else sealed
    names = _write(bank, asked, list(folders.items()), out, sealed=chosen, quiet=as_json)
    if as_json:
        listed = [{"student": one.id, "folder": str(out / name)} for name, one in folders.items()]
        say_json({"assignment": asked.id, "sealed": chosen, "hand_in": names, "students": listed})
    else:
        _tell(asked, assignment, students, out, names, len(folders))
    return Exit.OK


def _write(
    bank: Bank, asked: Assignment, folders: Sequence[tuple[str, Student]], out: Path, *, sealed: bool, quiet: bool
) -> list[str]:
    """The names of the files that each student has to hand in."""
    from chainrule import files
    from chainrule.bulk.handing_out import handed_out

    names: list[str] = []
    with progress("students", quiet=quiet) as advance:
        for number, (folder, student) in enumerate(folders, start=1):
            texts = handed_out(bank, asked.quiz_for(student.id), student, sealed=sealed)
            for name, text in texts.items():
                files.write(out / folder / name, text)
            names = list(texts)
            advance(number, len(folders))
    return names


def _tell(asked: Assignment, assignment: Path, students: Path, out: Path, names: list[str], count: int) -> None:
    from chainrule.options import command_line
    from chainrule.wording import counted

    say(f"Wrote {out}: {asked.title} for {counted(count, 'student')}, a folder for each.")
    say(f"Students hand in {', '.join(names)}: as files, as a folder or as a zip file; code may stand in a notebook.")
    options = ("--assignment", assignment, "--roster", students, "--out", "graded")
    say(f"Then: {command_line('grade-class', 'FOLDER', *options)}")
