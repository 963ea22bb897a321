"""What passes between the steps of grading a class: students, tasks, judgements, results.

intake -> Submitted -> tasks -> executor -> Judgement -> Result -> gradebook, feedback, report.
A task is told from another by its key alone: content and version of the grader, so that judging twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Student:
    """A student as the learning platform knows them. id: stable within the class; others may be ''."""

    id: str
    name: str = ""
    email: str = ""
    platform_id: str = ""  # Canvas: the user's number; Moodle: the participant's


@dataclass(frozen=True)
class Submitted:
    """What a student handed in. files: regular files below `root`, which holds nothing of anybody else.

    problems: what could not be taken, each a sentence for the student. late: where the platform marked it so.
    at: when, in ISO format with the zone's offset, where the platform tells.
    """

    student: Student
    root: Path
    files: tuple[Path, ...]
    problems: tuple[str, ...] = ()
    late: bool = False
    at: str = ""


@dataclass(frozen=True)
class Task:
    """One answer to judge. drawn: the variant's values, encoded. key: of the judgement, by content."""

    family: str
    version: str
    seed: int
    drawn: str
    part: str
    answer: str
    key: str


@dataclass(frozen=True)
class Judgement:
    """A verdict as data (`Verdict.to_json`), and the seconds that it took in a worker."""

    key: str
    verdict: Mapping[str, Any]
    seconds: float = 0.0


@dataclass(frozen=True)
class Result:
    """One part of one student. outcome: as in verdicts, or `unanswered`. problem: why there was nothing to judge.

    part: its id; number: of the question in the assignment, from 1. answer: as handed in. file: where it stood.
    """

    student: str
    number: int
    family: str
    part: str
    kind: str
    marks: float
    outcome: str
    score: float
    key: str = ""
    mistake: str = ""
    feedback: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    reading: str = ""
    evidence: str = ""
    level: str = ""
    answer: str = field(default="", repr=False)
    file: str = ""
    problem: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def earned(self) -> float:
        """Marks earned."""
        return self.score * self.marks
