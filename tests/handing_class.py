"""A class that hands in: folders with answers to a few questions of a bank of its own, and runs that grade them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainrule.bulk.assignment import Assignment, load_assignment
from chainrule.bulk.executors import SlottedExecutor
from chainrule.bulk.progress import State
from chainrule.bulk.running import Run
from chainrule.quiz import Quiz
from chainrule.quizfile import quiz_text
from questions.bank import Bank, load_bank, shipped_folder
from questions.variant import Variant

COPIED = {"size": "convolution/output-size", "dense": "layers/dense-backward", "softmax": "layers/softmax-backward"}
QUICK = ("size", "dense")


@dataclass(frozen=True)
class Class:
    """Where everything lies."""

    home: Path
    bank: Bank
    assignment: Assignment

    @property
    def submissions(self) -> Path:
        """A folder for each student."""
        return self.home / "submissions"

    def hand_in(self, student: str, answers: dict[tuple[int, str], str]) -> None:
        """What a student hands in, in the place of anything before."""
        folder = self.submissions / student
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "answers.yaml").write_text(quiz_text(self.assignment.quiz_for(student), answers), encoding="utf-8")

    def run(self, out: str, open: Callable[[], SlottedExecutor], **named: Any) -> Run:
        """A run into that folder."""
        return Run(self.submissions, self.assignment, self.bank, self.home / out, open, **named)

    def arguments(self, out: str, *more: str) -> list[str]:
        """The same as a command line."""
        words = ["--bank", str(self.home / "bank"), "grade-class", str(self.submissions)]
        return [*words, "--assignment", str(self.home / "homework.yaml"), "--out", str(self.home / out), *more]


def new_class(home: Path, questions: tuple[str, ...] = QUICK) -> Class:
    """A class without students, and with a bank that does not ship with the package."""
    (home / "bank" / "mine").mkdir(parents=True)
    for name in questions:
        shutil.copy(shipped_folder() / f"{COPIED[name]}.yaml", home / "bank" / "mine" / f"{name}.yaml")
    bank = load_bank([home / "bank"])
    asked = "".join(f"  - mine.{name}@3\n" for name in questions)
    file = home / "homework.yaml"
    file.write_text(f"assignment: 1\ntitle: Homework\nquestions:\n{asked}", encoding="utf-8")
    (home / "submissions").mkdir()
    return Class(home, bank, load_assignment(file, bank))


def hand_in_all(found: Class, students: int, seed: int = 1) -> None:
    """So many students hand in: most are right, some say it in another way, some are wrong or cannot be read."""
    chance = random.Random(seed)
    quiz: Quiz = found.assignment.quiz_for("")
    for number in range(students):
        answers = {
            (place, part.id): _answer(item, part.id, number, chance)
            for place, item in enumerate(quiz.items, start=1)
            for part in item.parts
        }
        found.hand_in(f"s{number:03}", answers)


def _answer(item: Variant, part_id: str, student: int, chance: random.Random) -> str:
    part = next(part for part in item.parts if part.id == part_id)
    answer, luck = part.answer_text, chance.random()
    if luck < 0.1:
        return f"what ({student}"
    if luck < 0.2:
        return ""
    wrong = luck < 0.4
    if part.kind == "code":
        return answer.replace("return ", f"return {student + 2} * ") if wrong else f"{answer}\n# {student}\n"
    return f"({answer})*{student + 2}" if wrong else f"{answer} + 0*{student}"


class Silent:
    """Watches, shows nothing, and calls `each` with the count of answers that are done."""

    def __init__(self, each: Callable[[int], None] = lambda _: None) -> None:
        self.said: list[str] = []
        self._each = each

    def show(self, state: State) -> None:
        """Passes the count on."""
        self._each(state.done)

    def say(self, text: str) -> None:
        """Notes it."""
        self.said.append(text)
