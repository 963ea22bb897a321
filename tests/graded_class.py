"""A class that was graded: results of students that are drawn, with real questions and verdicts as the grader gives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache

from chainrule.bulk.assignment import Assignment
from chainrule.bulk.records import Result, Student
from chainrule.grading import Grader
from chainrule.quiz import Quiz
from grader.verdict import Verdict
from questions.bank import load_bank
from questions.variant import Part

FAMILIES = (
    "convolution.output-size",
    "convolution.design-setting",
    "adversarial.statements",
    "foundations.hidden-layer-gradient",
    "foundations.scaled-inputs",
)
WRONG = {
    "integer": ("8", "0", "x +"),
    "choice": ("b", "c", "d"),
    "statements": ("a", "b", "a, b"),
    "formula": ("0", "x", "(("),
    "number": ("0", "1", "?"),
}


@cache
def quiz() -> Quiz:
    """The same questions for all."""
    bank = load_bank()
    return Quiz("Homework 3 <b>", 0, tuple(bank.family(id).draw(3) for id in FAMILIES))


def assignment(asked: Quiz | None = None, **more: object) -> Assignment:
    """An assignment of that quiz."""
    found = asked or quiz()
    return Assignment("hw3", found.title, "0" * 32, lambda _: found, **more)  # type: ignore[arg-type]


def students(n: int) -> tuple[Student, ...]:
    """Students with numbers for ids."""
    return tuple(Student(f"{1000 + i}", f"Student {i}", f"s{i}@example.org", str(70 + i)) for i in range(n))


@cache
def verdict(family: str, part: str, answer: str) -> Verdict:
    """The verdict of the grader."""
    asked = next(item.part(part) for item in quiz().items if item.family == family)
    with Grader() as grader:
        return grader.grade(asked, answer)


def results(class_: Sequence[Student], *, seed: int = 0) -> Iterator[Result]:
    """Results of each student in turn: the abler a student, the more are right."""
    chance = random.Random(seed)
    for student in class_:
        able = chance.random()
        for number, item in enumerate(quiz().items, start=1):
            for part in item.parts:
                yield _result(student, number, item.family, part, chance, able)


def _result(student: Student, number: int, family: str, part: Part, chance: random.Random, able: float) -> Result:
    draw = chance.random()
    if draw > 0.95:
        return Result(student.id, number, family, part.id, part.kind, part.marks, "unanswered", 0.0)
    right = chance.random() < 0.15 + 0.8 * able
    answer = part.answer_text if right else chance.choice(WRONG[part.kind])
    found = verdict(family, part.id, answer)
    return judged(student, number, family, part, answer, found)


def judged(student: Student, number: int, family: str, part: Part, answer: str, found: Verdict) -> Result:
    """The result of an answer with that verdict."""
    feedback = tuple((one.code, one.data) for one in found.feedback)
    return Result(
        student.id, number, family, part.id, part.kind, part.marks, found.outcome.value, found.score, f"{number}",
        found.mistake, feedback, found.reading, found.evidence.value, found.level, answer=answer, file="answers.yaml",
    )  # fmt: skip
