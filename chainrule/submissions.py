"""Submitted code as text: from a file, a folder or a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.definitions import defines
from chainrule.files import InputError
from chainrule.notebooks import notebook_code

if TYPE_CHECKING:
    from questions.variant import Part

MOST_FILES = 200  # in one folder
KINDS = (".py", ".ipynb")


@dataclass(frozen=True)
class Submission:
    """Code as handed in. file: where it stands; remarks: what was chosen or left out, for the learner."""

    code: str
    file: Path
    remarks: tuple[str, ...] = ()


def read_submission(path: Path, part: Part, question: str) -> Submission:
    """The code for that part of the question in a file, in a notebook, or in the file of a folder that defines it.

    Raises InputError, which names the file and a remedy, where there is none or more than one; AuthorError where
    the question is broken.
    """
    if path.is_dir():
        file = _defining_file(path, part, question)
        found = read_submission(file, part, question)
        return Submission(found.code, file, (f"Found in {file}.", *found.remarks))
    if path.suffix == ".ipynb":
        chosen = notebook_code(path, question=question, entry=_entry(part))
        return Submission(chosen.code, path, chosen.remarks)
    return Submission(files.read(path), path)


def submitted_files(path: Path) -> list[Path]:
    """The files that a submission may stand in: the path, or a folder's Python files and notebooks, sorted.

    Hidden files, folders in the folder, and links that lead out of it are left out.
    """
    if not path.is_dir():
        return [path]
    try:
        names = [file for file in path.iterdir() if file.suffix in KINDS and not file.name.startswith(".")]
        home = path.resolve()
        return sorted(file for file in names if file.is_file() and file.resolve().is_relative_to(home))
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None


def _entry(part: Part) -> str:
    from grader.keys import CodeKey

    assert isinstance(part.key, CodeKey)
    return part.key.entry


def _defining_file(folder: Path, part: Part, question: str) -> Path:
    files_there, entry = submitted_files(folder), _entry(part)
    if not files_there:
        raise InputError(f"{folder}: no Python file and no notebook in this folder; `{entry}` is asked for")
    if len(files_there) > MOST_FILES:
        raise InputError(f"{folder}: {len(files_there)} files; name the one that defines `{entry}`")
    defining = [file for file in files_there if len(files_there) == 1 or _defines(file, part, question)]
    if len(defining) == 1:
        return defining[0]
    if defining:
        listed = ", ".join(file.name for file in defining[:-1]) + f" and {defining[-1].name}"
        raise InputError(f"{folder}: {listed} all define `{entry}`; name the one to grade")
    listed = ", ".join(file.name for file in files_there[:5]) + (", ..." if len(files_there) > 5 else "")
    raise InputError(f"{folder}: no file defines `{entry}`; looked at {listed}")


def _defines(file: Path, part: Part, question: str) -> bool:
    """True where the file defines the function; one that cannot be read does not."""
    try:
        if file.suffix == ".ipynb":
            return bool(read_submission(file, part, question).code)
        return defines(files.read(file), _entry(part))
    except InputError:
        return False
