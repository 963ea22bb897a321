"""An assignment: what each student of a class is asked, until when, and for how many marks."""

from __future__ import annotations

import hashlib
import hmac
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.bulk.assignment_marks import refuse_unknown, with_marks
from chainrule.bulk.assignment_schema import AssignmentFile
from chainrule.files import InputError
from chainrule.quiz import Quiz
from chainrule.typed_answers import quote_answers
from grader.errors import AuthorError, ChainruleError

if TYPE_CHECKING:
    from chainrule.bulk.records import Submitted
    from questions.bank import Bank
    from questions.document import Document
    from questions.variant import Variant

REMEDY = "python -c 'import secrets; print(secrets.token_hex(32))'"  # prints a new secret

NOBODY = "*"


@dataclass(frozen=True)
class Assignment:
    """What a class is asked. digest: of all that decides questions and marks; it tells no secret.

    own_numbers: all have the same questions, each student with other numbers. due: None for never.
    percent, days: taken off for each day begun after that, and how many such days count at all; None for any number.
    """

    id: str
    title: str
    digest: str
    draw: Callable[[str], Quiz] = field(repr=False, compare=False)
    own_numbers: bool = False
    due: datetime | None = None
    percent: float = 0.0
    days: int | None = None

    def quiz_for(self, student: str) -> Quiz:
        """The student's questions with the assignment's marks. student: the id; '' for numbers that are nobody's.

        Where all have the same, it is the same object each time.
        """
        return self.draw(student or NOBODY)

    def share(self, submitted: Submitted) -> float:
        """The share of the marks earned that counts, 1 for what came in time.

        Where the platform says that it was late and not when, one day is counted.
        """
        late = self._days_late(submitted)
        if not late or self.days is None:
            return 1.0
        return 0.0 if late > self.days else max(0.0, 1.0 - late * self.percent / 100)

    def _days_late(self, submitted: Submitted) -> int:
        if self.due is None or not submitted.at:
            return int(submitted.late)
        return max(0, math.ceil((datetime.fromisoformat(submitted.at) - self.due) / timedelta(days=1)))


def load_assignment(path: Path, bank: Bank, folders: Sequence[Path] = ()) -> Assignment:
    """The assignment of a file: a quiz file, which is the same for all, or one that begins with `assignment: 1`.

    folders: of banks of one's own, whose blueprints are known by name. Raises InputError for files that cannot be
    read, and AuthorError, where possible with line and column, for what cannot be asked.
    """
    from questions.strict_yaml import load
    from questions.validation import validated

    document = load(quote_answers(files.read(path)), str(path))
    match document.data:
        case {"quiz": _}:
            return _of_quiz(path, bank)
        case {"assignment": _}:
            spec = validated(AssignmentFile, document)
        case _:
            raise InputError(
                f"{path}: no assignment; expected a file that begins with 'assignment: 1', or a quiz file "
                "as `chainrule quiz --save` writes"
            )
    return _of_file(spec, document, path, bank, folders)


def _of_quiz(path: Path, bank: Bank) -> Assignment:
    from chainrule.quizfile import read_quiz

    read = read_quiz(path, bank)
    if read.lost:
        raise AuthorError(f"{read.lost[0]}. An assignment must be whole: draw the quiz anew, or mend the question")
    if not read.quiz.items:
        raise AuthorError(f"{path}: the quiz has no questions")
    return Assignment(path.stem, read.quiz.title, _digest(path.stem, read.quiz), lambda _: read.quiz)


def _of_file(spec: AssignmentFile, document: Document, path: Path, bank: Bank, folders: Sequence[Path]) -> Assignment:
    id = spec.id or path.stem
    secret = b""
    if spec.secret_file is not None:
        secret = _secret(path.parent / spec.secret_file)
        draw = _own_numbers(spec, id, secret, path, bank, folders)
        probe = draw(NOBODY)  # questions and marks are the same for all
    else:
        probe = Quiz(spec.title, 0, tuple(_drawn(asked, i, document, bank) for i, asked in enumerate(spec.questions)))
    refuse_unknown(spec.marks, probe, document)
    same = with_marks(probe, spec.marks)

    def quiz_for(student: str) -> Quiz:
        return with_marks(draw(student), spec.marks) if secret else same

    percent, days = (spec.late.percent, spec.late.days) if spec.late else (0.0, None)
    return Assignment(id, spec.title, _digest(id, same, secret), quiz_for, bool(secret), spec.due, percent, days)


def _drawn(asked: str, index: int, document: Document, bank: Bank) -> Variant:
    """The variant of `family@seed`. Raises FaultError with its place."""
    from questions.faults import FaultError

    id, at, seed = asked.partition("@")
    place = ("questions", index)
    if not at or not (seed.isascii() and seed.isdigit() and len(seed) < 20):
        raise FaultError([document.fault(place, f"came {asked!r}, expected a question with its seed, as in {id}@17")])
    try:
        return bank.family(id).draw(int(seed))
    except ChainruleError as error:
        raise FaultError([document.fault(place, str(error))]) from None


def _own_numbers(
    spec: AssignmentFile, id: str, secret: bytes, path: Path, bank: Bank, folders: Sequence[Path]
) -> Callable[[str], Quiz]:
    """Draws the student's form under the secret; its questions are chosen here, once for all.

    Raises AuthorError where the bank cannot fill the blueprint.
    """
    from chainrule.exams.blueprint import load_blueprint
    from chainrule.exams.form import class_form, class_questions

    assert spec.blueprint is not None
    beside = path.parent / spec.blueprint
    blueprint = load_blueprint(beside if beside.is_file() else spec.blueprint, bank, folders)
    questions = class_questions(bank, blueprint, secret=secret, exam=id)

    def draw(student: str) -> Quiz:
        form = class_form(bank, blueprint, secret=secret, exam=id, student=student, questions=questions)
        return Quiz(spec.title, 0, form.quiz.items)

    return draw


def _secret(path: Path) -> bytes:
    """The secret in a file of hexadecimal digits. Raises InputError, which never shows what stands there."""
    text = files.read(path).strip()
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if not secret:
        raise InputError(f"{path}: no secret; expected hexadecimal digits, as {REMEDY} prints them")
    return secret


def _digest(id: str, quiz: Quiz, secret: bytes = b"") -> str:
    """A digest of questions and marks; of variants too where all have the same, else of the secret."""
    asked = [
        [one.family, one.version, 0 if secret else one.seed, [[part.id, part.marks] for part in one.parts]]
        for one in quiz.items
    ]
    text = json.dumps([id, quiz.title, asked]).encode()
    return hmac.digest(secret, text, hashlib.sha256).hex()[:32]
