"""What statistics are made of: one answer of one student to one part, without its text."""

from __future__ import annotations

from dataclasses import dataclass

NOT_JUDGED = frozenset({"undecided", "fault"})  # says nothing about the student, so it counts in no figure of scores


@dataclass(frozen=True, slots=True)
class Answer:
    """One part of one student. item: the part's stable id; marks: that were possible; score: share of them, in [0, 1].

    slips: recognised mistakes and wrong options, each a name and the sentence that goes with it.
    seconds: that it took, 0 where nobody knows.
    """

    student: str
    item: str
    kind: str
    marks: float
    outcome: str
    score: float
    slips: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0

    @property
    def given(self) -> bool:
        """Whether something was handed in for it."""
        return self.outcome != "unanswered"

    @property
    def counts(self) -> bool:
        """Whether its score says something about the student."""
        return self.outcome not in NOT_JUDGED

    @property
    def earned(self) -> float:
        """Marks earned."""
        return self.score * self.marks
