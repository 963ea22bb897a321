"""What a student is handed out: a quiz file to answer in, and a file to start from for each function asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.bulk.records import Student
from chainrule.bulk.taking import is_junk
from chainrule.bulk.zips import Refused, printable, safe_path
from chainrule.quizfile import quiz_text
from chainrule.starters import starter_text
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.bank import Bank

ANSWERS = "answers.yaml"


def handed_out(bank: Bank, quiz: Quiz, student: Student, *, sealed: bool, notebook: str = "") -> dict[str, str]:
    """Name -> text of each file. sealed: no seeds are told, since with them everybody can look up the answers.

    notebook: the name of one that is handed out beside these files and may come back in their place.
    """
    starters = _starters(bank, quiz, sealed=sealed)
    text = quiz_text(quiz, {}, sealed=sealed)
    code = f" Code goes into {', '.join(starters)}." if starters else ""
    instead = f"; or {notebook}, where all of it can be answered too" if notebook else ""
    lines = [f"# For {who(student)}.{code}", f"# Hand in: {', '.join([ANSWERS, *starters])}{instead}"]
    return {ANSWERS: "\n".join([*lines, "#", text]), **starters}


def who(student: Student) -> str:
    """For whom something is: name and id."""
    return printable(f"{student.name} ({student.id})" if student.name else student.id)


def _starters(bank: Bank, quiz: Quiz, *, sealed: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for variant in quiz.items:
        codes = [part for part in variant.parts if part.kind == "code"]
        for part in codes:
            name = f"{variant.family}.py" if len(codes) == 1 else f"{variant.family}.{part.id}.py"
            grade = "" if sealed else f"chainrule grade {name} --question {variant.family} --seed {variant.seed}"
            grade += f" --part {part.id}" if grade and len(codes) > 1 else ""
            found[name] = starter_text(bank.family(variant.family), variant, part, grade=grade)
    return found


def folder_of(student: Student) -> str:
    """The name of the student's folder, which is the id. Raises AuthorError where no folder can have it."""
    try:
        (name,) = safe_path(student.id)
    except (Refused, ValueError):
        name = ""
    if not name or is_junk(name):
        raise AuthorError(f"the id {printable(student.id)!r} cannot be the name of a folder; give this student another")
    return name
