"""Verdicts as JSON, with their feedback as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from chainrule.web.api.base import Said
from chainrule.wording import feedback_text
from grader.sentences import sentence

if TYPE_CHECKING:
    from grader.verdict import Verdict

OutcomeWord = Literal["right", "partial", "wrong", "unreadable", "undecided", "fault"]
EvidenceWord = Literal["proved", "sampled", "run", ""]


class Remark(Said):
    """One remark. code: its kind; data: what fills the sentence; says: the sentence."""

    code: str
    data: dict[str, Any] = Field(default_factory=dict)
    says: str


class VerdictSaid(Said):
    """A judgement. score: the share of the marks. costs_attempt: false where it was not judged, and costs nothing.

    reading: how the answer was understood. evidence: what the verdict rests on. level: how code was confined.
    """

    outcome: OutcomeWord
    costs_attempt: bool
    score: float
    earned: float
    marks: float
    says: str
    feedback: tuple[Remark, ...]
    reading: str
    mistake: str
    evidence: EvidenceWord
    level: str


def verdict_said(verdict: Verdict, marks: float) -> VerdictSaid:
    """The verdict on an answer to a part that is worth so many marks."""
    feedback = tuple(Remark(code=one.code, data=dict(one.data), says=sentence(one)) for one in verdict.feedback)
    return VerdictSaid(
        outcome=verdict.outcome.value, costs_attempt=verdict.outcome.costs_attempt, score=verdict.score,
        earned=verdict.score * marks, marks=marks, says=feedback_text(verdict), feedback=feedback,
        reading=verdict.reading, mistake=verdict.mistake, evidence=verdict.evidence.value, level=verdict.level,
    )  # fmt: skip
