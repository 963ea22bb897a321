"""The parts of an exam, what came of a sitting, and what may be said of an answer before it is graded."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import TYPE_CHECKING

from chainrule.store.records import Draft, Item
from chainrule.wording import feedback_text
from grader.errors import AuthorError, LearnerError
from grader.keys import FormulaKey, NumberKey
from grader.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from chainrule.grading import Grader
    from questions.variant import Part, Variant


@dataclass(frozen=True)
class Place:
    """One part of the form."""

    item: Item
    variant: Variant
    part: Part

    @property
    def name(self) -> str:
        """`3b`, or `3` where the question has one part."""
        letters = dict(zip((part.id for part in self.variant.parts), ascii_lowercase, strict=False))
        return f"{self.item.number}{letters[self.part.id] if len(letters) > 1 else ''}"

    @property
    def key(self) -> tuple[str, str]:
        """By which its answer is kept: the ids of item and part."""
        return self.item.id, self.part.id


@dataclass
class Sat:
    """How it ended: handed in, out of time, or left for later."""

    how: str = "left"
    interrupted: bool = False
    answers: dict[tuple[str, str], Draft] = field(default_factory=dict)


def reading(part: Part, answer: str, grader: Grader) -> str:
    """How a formula is read, or why an answer cannot be: from the text alone, it tells nothing of the mark."""
    from grader.formula import read

    if part.kind in {"code", "derivation"}:
        return ""
    try:
        match part.key:
            case FormulaKey(scope=scope) | NumberKey(scope=scope):
                return f" Read as: {read(answer, scope).unicode()}"
    except LearnerError as error:
        return f" It cannot be read, and would earn nothing: {error}"
    except AuthorError:
        return ""
    verdict = grader.grade(part, answer)
    return unreadable_text(verdict) if verdict.outcome is Outcome.UNREADABLE else ""


def unreadable_text(verdict: Verdict) -> str:
    """Why an answer cannot be read, for behind `Saved.`."""
    return f" It cannot be read, and would earn nothing: {feedback_text(verdict)}"
