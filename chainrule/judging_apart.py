"""Judging in a process that reads no bank: a question comes as the text of its file, an answer as text.

So such a process never judges by a file that whoever asks has not read. What a server's workers and those of a class
have in common stands here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.grading import Grader, fault
from chainrule.quiz_data import encoded
from grader.errors import AuthorError
from grader.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from questions.family import Family
    from questions.variant import Variant

FAMILIES, VARIANTS = 600, 1000  # that one process remembers
OOM = "500"  # where memory runs out, the system ends this process before its owner; 0 is usual, 1000 the most
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """A family as a process is told of it. text: of its file; '' for the one that ships with the package."""

    id: str
    version: str
    file: str
    text: str


def question_of(family: Family) -> Question:
    """The family with the text of its file."""
    return Question(family.id, family.version, family.file, "\n".join(family.document.lines))


def judged_apart(question: Question, seed: int, values: str, part: str, answer: str | None, grader: Grader) -> Verdict:
    """The verdict on an answer; what breaks here is a `fault`.

    values: as drawn and encoded, '' for any. answer: None for the right one.
    """
    try:
        return _judged(question, seed, values, part, answer, grader)
    except AuthorError as error:
        return fault(error)
    except Exception as error:  # told without its message, which may hold a key
        log.exception("an answer could not be judged")
        return fault(AuthorError(type(error).__name__))


def _judged(question: Question, seed: int, values: str, part_id: str, answer: str | None, grader: Grader) -> Verdict:
    variant = _variant(question, seed)
    if values and encoded(variant.values) != values:
        raise AuthorError(f"{variant.family} draws other values than it did when it was asked")
    part = next(part for part in variant.parts if part.id == part_id)
    return grader.grade(part, part.answer_text if answer is None else answer)


@lru_cache(maxsize=VARIANTS)
def _variant(question: Question, seed: int) -> Variant:
    return _family(question).draw(seed)


@lru_cache(maxsize=FAMILIES)
def _family(question: Question) -> Family:
    if not question.text:
        return _shipped(question)
    from questions.family import read_family

    topic, _, name = question.id.partition(".")
    return replace(read_family(question.text, question.file, topic=topic, name=name), version=question.version)


def _shipped(question: Question) -> Family:
    """The family that ships with the package here. Raises AuthorError where it is another than was asked."""
    from questions.bank import load_family

    family = load_family(question.id)
    if family is None or family.version != question.version:
        here = "none" if family is None else f"version {family.version}"
        raise AuthorError(f"{question.id} was asked in version {question.version}; where it is judged there is {here}")
    return family


def too_long(seconds: float) -> Verdict:
    """The verdict on an answer that could not be judged in the time: it costs nothing."""
    return Verdict(Outcome.UNDECIDED, 0.0, (Feedback("judging.too-long", {"seconds": f"{seconds:g}"}),))


def be_ended_first() -> None:
    """Has the system end this process before others where memory runs out."""
    try:
        Path("/proc/self/oom_score_adj").write_text(OOM, encoding="ascii")
    except OSError:  # not on Linux
        return
