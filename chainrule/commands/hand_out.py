"""`chainrule hand-out`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, bank_folders, example, json_option, open_bank
from chainrule.terminal import progress, say, say_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chainrule.bulk.assignment import Assignment
    from chainrule.bulk.records import Student
    from questions.bank import Bank

EXAMPLES = """
chainrule hand-out homework.yaml --students class.csv --out homework/
"""
NAME = "work.ipynb"
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
@click.option(
    "--notebook/--no-notebook", default=True, show_default=True,
    help="A notebook beside these files, in which everything can be answered as well.",
)  # fmt: skip
@json_option
def command(
    assignment: Path, students: Path, out: Path, force: bool, sealed: bool | None, notebook: bool, as_json: bool
) -> int:
    """Write what each student of a class is to answer.

    DIR gets a folder for each student, named by the id: a quiz file with places for answers, a file to start from
    for each function that is asked for, and a notebook with a cell for each answer. Students hand in the files or the
    notebook, and `chainrule grade-class` takes in what comes back.
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
    write = partial(_texts, bank, asked, sealed=chosen, notebook=notebook)
    names = _write(write, list(folders.items()), out, quiet=as_json)
    if as_json:
        listed = [{"student": one.id, "folder": str(out / name)} for name, one in folders.items()]
        told = {"assignment": asked.id, "sealed": chosen, "hand_in": names}
        say_json({**told, "notebook": NAME if notebook else None, "students": listed})
    else:
        _tell(asked, assignment, students, out, names, len(folders), notebook=notebook)
    return Exit.OK


def _texts(bank: Bank, asked: Assignment, student: Student, *, sealed: bool, notebook: bool) -> dict[str, str]:
    """Name -> text of each file for the student, the notebook last."""
    from chainrule.bulk.handing_out import handed_out, who
    from chainrule.publishing.handed_notebook import handed_notebook

    quiz = asked.quiz_for(student.id)
    texts = handed_out(bank, quiz, student, sealed=sealed, notebook=NAME if notebook else "")
    return {**texts, NAME: handed_notebook(quiz, who(student), sealed=sealed)} if notebook else texts


def _write(
    texts_for: Callable[[Student], dict[str, str]], folders: Sequence[tuple[str, Student]], out: Path, *, quiet: bool
) -> list[str]:
    """The names of the files that each student has to hand in, where it is no notebook."""
    from chainrule import files

    names: list[str] = []
    with progress("students", quiet=quiet) as advance:
        for number, (folder, student) in enumerate(folders, start=1):
            texts = texts_for(student)
            for name, text in texts.items():
                files.write(out / folder / name, text)
            names = [name for name in texts if name != NAME]
            advance(number, len(folders))
    return names


def _tell(
    asked: Assignment, assignment: Path, students: Path, out: Path, names: list[str], count: int, *, notebook: bool
) -> None:
    from chainrule.options import command_line
    from chainrule.wording import counted

    say(f"Wrote {out}: {asked.title} for {counted(count, 'student')}, a folder for each.")
    instead = f", or {NAME} where they answered there" if notebook else ""
    say(f"Students hand in {', '.join(names)}{instead}: as files, as a folder or as a zip file.")
    options = ("--assignment", assignment, "--roster", students, "--out", "graded")
    say(f"Then: {command_line('grade-class', 'FOLDER', *options)}")
