"""An assignment: what each student of a class is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.bulk.assignment_schema import AssignmentFile
from chainrule.files import InputError
from chainrule.quiz import Quiz
from chainrule.quizfile import encoded
from grader.errors import AuthorError

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.document import Document
    from questions.variant import Variant


@dataclass(frozen=True)
class Assignment:
    """What a class is asked. digest: of all that decides the questions and their marks; it tells no secret.

    own_numbers: each student has the same questions with other numbers. due: None for never.
    percent, days: taken off for each day begun after that, and how many such days count at all.
    """

    id: str
    title: str
    digest: str
    draw: Callable[[str], Quiz] = field(repr=False, compare=False)
    own_numbers: bool = False
    due: datetime | None = None
    percent: float = 0.0
    days: int = 0

    def quiz_for(self, student: str) -> Quiz:
        """The student's questions with the assignment's marks. student: the id; where all have the same, any."""
        return self.draw(student)


def load_assignment(path: Path, bank: Bank, folders: Sequence[Path] = ()) -> Assignment:
    """The assignment of a file: a quiz file, which is the same for all, or one that begins with `assignment: 1`.

    folders: of banks of one's own, whose blueprints are known by name. Raises InputError for files that cannot be
    read, and AuthorError, where possible with line and column, for what cannot be asked.
    """
    from chainrule.typed_answers import quote_answers
    from questions.strict_yaml import load
    from questions.validation import validated

    text = files.read(path)
    document = load(quote_answers(text), str(path))
    match document.data:
        case {"quiz": _}:
            return _of_quiz(path, bank)
        case {"assignment": _}:
            pass
        case _:
            raise InputError(
                f"{path}: no assignment; expected a file that begins with 'assignment: 1', or a quiz file "
                "as `chainrule quiz --save` writes"
            )
    return _of_file(path, validated(AssignmentFile, document), document, bank, folders)


def _of_quiz(path: Path, bank: Bank) -> Assignment:
    from chainrule.quizfile import read_quiz

    read = read_quiz(path, bank)
    if read.lost:
        raise AuthorError(f"{read.lost[0]}. An assignment must be whole: draw the quiz anew, or mend the question")
    if not read.quiz.items:
        raise AuthorError(f"{path}: the quiz has no questions")
    return Assignment(path.stem, read.quiz.title, _digest(path.stem, read.quiz.items), lambda _: read.quiz)


def _of_file(path: Path, spec: AssignmentFile, document: Document, bank: Bank, folders: Sequence[Path]) -> Assignment:
    id = spec.id or path.stem
    if spec.blueprint is not None:
        raise NotImplementedError
    variants = tuple(
        bank.family(asked.partition("@")[0]).draw(int(asked.partition("@")[2])) for asked in spec.questions
    )
    quiz = Quiz(spec.title, 0, variants)
    return Assignment(id, spec.title, _digest(id, variants), lambda _: quiz, due=spec.due)


def _digest(id: str, variants: Sequence[Variant]) -> str:
    """A digest of what is asked and for how many marks."""
    asked = [
        [one.family, one.version, one.seed, encoded(one.values), [[part.id, part.marks] for part in one.parts]]
        for one in variants
    ]
    return hashlib.sha256(json.dumps([id, asked]).encode()).hexdigest()[:32]
