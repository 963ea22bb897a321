"""A generated class of `class.py` with numbers of each student's own: what each is asked is drawn, and so are answers.

A right answer is the key as it would be typed, a mistake one that the question declares for these numbers; code is
that of `class_answers.py`.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from class_answers import ENTROPY_CODE, GRADIENT_CODE, SHARES, SOFTMAX_CODE, Place, Planned, Texts, own_text
from class_folder import SHAPES, Made, hand_in

from chainrule.bulk.assignment import load_assignment
from chainrule.quiz import Quiz
from chainrule.quizfile import quiz_text
from questions.answer_text import number_text
from questions.bank import load_bank
from questions.variant import Part

CODE: Mapping[str, Texts] = {
    "supervised.logistic-regression-gradient": GRADIENT_CODE,
    "layers.softmax-backward": SOFTMAX_CODE,
    "layers.cross-entropy-code": ENTROPY_CODE,
}
BLUEPRINT = f"""\
title: Numbers of one's own
minutes: 90
sections:
  - {{title: Numbers, levels: [1, 2, 3], kinds: [integer, number], questions: 5}}
  - {{title: Formulas, levels: [2, 3], kinds: [formula, integer, number], questions: 7}}
  - {{title: Code, families: [{", ".join(CODE)}]}}
"""
NOT_READ = ("((7 + ", "7 * / 3 +")
WRONG = Planned(("wrong", "partial"), None)  # what is said of such an answer follows from the numbers


@dataclass
class Own(Made):
    """drawing: seconds of a processor that drawing the forms took; asked: questions of each."""

    drawing: float = 0.0
    asked: int = 0


def made_own(home: Path, students: int, seed: int) -> Own:
    """So many students, none of them hostile."""
    found = Own(home)
    found.submissions.mkdir(parents=True)
    (home / "blueprint.yaml").write_text(BLUEPRINT, encoding="utf-8")
    (home / "secret.txt").write_text(hashlib.sha256(f"class {seed}".encode()).hexdigest(), encoding="utf-8")
    text = "assignment: 1\ntitle: Week 5\nblueprint: blueprint.yaml\nsecret_file: secret.txt\n"
    found.assignment.write_text(text, encoding="utf-8")
    assignment = load_assignment(found.assignment, load_bank())
    for number in range(students):
        student = f"s{number:05}"
        began = time.process_time()
        quiz = assignment.quiz_for(student)
        found.drawing += time.process_time() - began
        found.asked = len(quiz.items)
        _answer(found, student, quiz, random.Random(f"{seed}-{student}"))
    return found


def _answer(found: Own, student: str, quiz: Quiz, chance: random.Random) -> None:
    """Writes what the student hands in, and plans what each part comes to."""
    own = str(chance.randrange(10**6, 10**7))
    written: dict[Place, str] = {}
    files: dict[str, bytes] = {}
    for number, variant in enumerate(quiz.items, start=1):
        for part in variant.parts:
            if part.kind == "code":
                text, planned = own_text(CODE[variant.family], own, chance)
                files |= {f"{variant.family}.py": text.encode()} if text else {}
            else:
                text, planned = _typed(part, chance)
                written[number, part.id] = text
            found.plan[student, number, part.id] = planned
    files["answers.yaml"] = quiz_text(quiz, written).encode()
    hand_in(found.submissions / student, files, chance.choice(SHAPES))


def _typed(part: Part, chance: random.Random) -> tuple[str, Planned]:
    (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
    mistakes = getattr(part.key, "mistakes", ())
    if kind == "mistake" and mistakes:
        made = chance.choice(mistakes)
        return _spelt(part, made.key), Planned(WRONG.outcomes, made.name)
    match kind:
        case "unanswered":
            return "", Planned(("unanswered",))
        case "unreadable":
            return chance.choice(NOT_READ), Planned(("unreadable",))
        case "wrong":
            return f"7*({part.answer_text}) + 1013", WRONG
    return part.answer_text, Planned(("right",))


def _spelt(part: Part, key: object) -> str:
    """A mistake as it would be typed."""
    return key.text() if hasattr(key, "text") else number_text(key, getattr(part.key, "digits", None))
