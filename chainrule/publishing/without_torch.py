"""Which questions need PyTorch to be judged: found out by judging their right answers where it cannot be imported."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.quizfile import write_quiz

if TYPE_CHECKING:
    from chainrule.quiz import Quiz

SECONDS = 600
PROGRAM = """\
import sys
sys.modules["torch"] = None  # importing it fails from here on
from chainrule.publishing.without_torch import tell
tell(sys.argv[1], sys.argv[2:])
"""


def needing_torch(quiz: Quiz) -> list[str]:
    """The parts that need it, as `family part`."""
    from chainrule.options import bank_folders

    found = [f"{v.family} {part.id}" for v in quiz.items for part in v.parts if part.packages == "torch"]
    if found:
        return found
    with tempfile.TemporaryDirectory(prefix="chainrule-") as folder:
        path = Path(folder) / "quiz.yaml"
        write_quiz(path, quiz)
        words = [sys.executable, "-P", "-c", PROGRAM, str(path), *map(str, bank_folders() or ())]
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        return [(done.stderr.strip().splitlines() or ["the quiz"])[-1]]
    return done.stdout.splitlines()


def tell(path: str, folders: list[str]) -> None:
    """Prints the parts of a quiz file whose right answers are not right here."""
    from chainrule.grading import Grader
    from chainrule.quizfile import read_quiz
    from questions.bank import load_bank

    quiz = read_quiz(Path(path), load_bank([Path(folder) for folder in folders] or None)).quiz
    with Grader() as grader:
        for variant in quiz.items:
            for part in variant.parts:
                try:
                    right = grader.grade(part, part.answer_text).score == 1
                except Exception:  # whatever fails without torch
                    right = False
                if not right:
                    print(f"{variant.family} {part.id}")  # noqa: T201
