"""A class that was graded: results of students that are drawn, with real questions and verdicts as the grader gives."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from written_code import long_code, renamed

from chainrule.bulk.assignment import Assignment
from chainrule.bulk.records import Result, Student
from chainrule.quiz import Quiz
from grader.answers import judge
from grader.verdict import Verdict
from questions.bank import load_family
from questions.variant import Part

FAMILIES = (
    "convolution.output-size",
    "convolution.design-setting",
    "adversarial.statements",
    "foundations.hidden-layer-gradient",
    "foundations.scaled-inputs",
)
CODE = "adversarial.gan-losses-code"
WRONG = {
    "integer": ("8", "0", "x +"),
    "choice": ("a", "b", "c"),
    "statements": ("a", "b", "a, b"),
    "formula": ("0", "x", "(("),
    "number": ("0", "1", "?"),
}


@cache
def quiz() -> Quiz:
    """The same questions for all."""
    families = [load_family(id) for id in FAMILIES]
    return Quiz("Homework 3 <b>", 0, tuple(family.draw(3) for family in families if family))


def assignment(asked: Quiz | None = None, **more: object) -> Assignment:
    """An assignment of that quiz."""
    found = asked or quiz()
    return Assignment("hw3", found.title, "0" * 32, lambda _: found, **more)  # type: ignore[arg-type]


def students(n: int) -> tuple[Student, ...]:
    """Students with numbers for ids."""
    return tuple(Student(f"{1000 + i}", f"Student {i}", f"s{i}@example.org", str(70 + i)) for i in range(n))


@cache
def verdicts() -> dict[tuple[str, str, str], Verdict]:
    """The verdicts of the grader on all answers that are given here, by family, part and answer."""
    return {
        (item.family, part.id, answer): judge(answer, part.key)
        for item in quiz().items
        for part in item.parts
        for answer in (part.answer_text, *WRONG[part.kind])
    }


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
    found = verdicts()[family, part.id, answer]
    return judged(student, number, family, part, answer, found)


def judged(student: Student, number: int, family: str, part: Part, answer: str, found: Verdict) -> Result:
    """The result of an answer with that verdict."""
    feedback = tuple((one.code, one.data) for one in found.feedback)
    return Result(
        student.id, number, family, part.id, part.kind, part.marks, found.outcome.value, found.score, f"{number}",
        found.mistake, feedback, found.reading, found.evidence.value, found.level, answer=answer, file="answers.yaml",
    )  # fmt: skip


def with_code() -> Quiz:
    family = load_family(CODE)
    assert family is not None
    return replace(quiz(), items=(*quiz().items, family.draw(1)))


def code_results(class_: tuple[Student, ...]) -> Iterator[Result]:
    """Two have the same code but for names and comments."""
    chance = random.Random(0)
    codes = [long_code(chance) for _ in class_]
    codes[-1] = renamed(codes[0], chance).replace("by myself", "by Zoe of group 7")
    part, number = with_code().items[-1].parts[0], len(with_code().items)
    for student, code in zip(class_, codes, strict=True):
        yield Result(student.id, number, CODE, part.id, "code", part.marks, "right", 1.0, "k", answer=code)


def all_results(class_: tuple[Student, ...]) -> list[Result]:
    return sorted([*results(class_), *code_results(class_)], key=lambda one: (one.student, one.number))
