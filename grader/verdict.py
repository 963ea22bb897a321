"""What every judgement looks like: outcome, score, feedback as data, and how sure we are.

Outcome      when                                                         score      costs an attempt
right, partial, wrong   judged                                            by marks   yes
unreadable   cannot be read, or a file without the asked function         0          no
undecided    too little to decide on, or a limit reached before there was 0          no
fault        ours: logged, the attempt kept                               0          no
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """One word for how a judgement ended."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"
    FAULT = "fault"

    @property
    def costs_attempt(self) -> bool:
        """True where the answer was judged, so that it counts as a try."""
        return self in {Outcome.RIGHT, Outcome.PARTIAL, Outcome.WRONG}


class Evidence(StrEnum):
    """What a verdict rests on."""

    PROVED = "proved"  # symbolically, or compared exactly
    SAMPLED = "sampled"  # compared numerically at drawn points
    RUN = "run"  # a submission was executed and its outputs compared
    NONE = ""  # nothing was judged


@dataclass(frozen=True)
class Feedback:
    """One remark as data: `code` names a sentence of `grader/sentences.py`, `data` fills it.

    `data` holds JSON values only (str, int, float, bool, None, lists and dicts of them).
    """

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """A judgement of one answer.

    score: share of the part's marks, in [0, 1].
    reading: how the answer was understood, in the formula language or plain words; '' where unreadable.
    mistake: name of the declared mistake that was recognised, or ''.
    level: confinement under which a submission ran (`grader.sandbox`), or '' where no code ran.
    """

    outcome: Outcome
    score: float
    feedback: tuple[Feedback, ...] = ()
    reading: str = ""
    evidence: Evidence = Evidence.NONE
    mistake: str = ""
    level: str = ""

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score {self.score} is outside [0, 1]")

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON values; `from_json` reads it back."""
        return {
            "outcome": self.outcome.value,
            "score": self.score,
            "feedback": [{"code": f.code, "data": dict(f.data)} for f in self.feedback],
            "reading": self.reading,
            "evidence": self.evidence.value,
            "mistake": self.mistake,
            "level": self.level,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Verdict:
        """The verdict that `to_json` wrote."""
        return cls(
            outcome=Outcome(record["outcome"]),
            score=record["score"],
            feedback=tuple(Feedback(f["code"], f["data"]) for f in record["feedback"]),
            reading=record["reading"],
            evidence=Evidence(record["evidence"]),
            mistake=record["mistake"],
            level=record["level"],
        )


def right(*feedback: Feedback, reading: str, evidence: Evidence) -> Verdict:
    """Full marks."""
    return Verdict(Outcome.RIGHT, 1.0, feedback, reading, evidence)


def wrong(*feedback: Feedback, reading: str, evidence: Evidence, mistake: str = "") -> Verdict:
    """No marks, with the reasons."""
    return Verdict(Outcome.WRONG, 0.0, feedback, reading, evidence, mistake)


def partly(score: float, *feedback: Feedback, reading: str, evidence: Evidence, mistake: str = "") -> Verdict:
    """That share of the marks, none of them for 0, with the reasons."""
    outcome = Outcome.PARTIAL if score > 0 else Outcome.WRONG
    return Verdict(outcome, score, feedback, reading, evidence, mistake)


def unreadable(*feedback: Feedback) -> Verdict:
    """Not judged, costs nothing: the answer could not be read."""
    return Verdict(Outcome.UNREADABLE, 0.0, feedback)
