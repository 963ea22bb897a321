"""The answers of the demonstration, and what each of them shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chainrule import files
from chainrule.quizfile import inside

FOLDER = Path(__file__).resolve().parent
FILE = FOLDER / "answers.yaml"


@dataclass(frozen=True)
class ScriptedAnswer:
    """One answer. shows: what it demonstrates; outcome and mistake: what is expected of its verdict."""

    question: str
    part: str
    answer: str
    shows: str
    outcome: str
    mistake: str = ""


@dataclass(frozen=True)
class Script:
    """A quiz by its seed and questions, and an answer for each part, in order."""

    title: str
    seed: int
    answers: tuple[ScriptedAnswer, ...]

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids in order; answers to several parts of one question stand beside each other."""
        ids = [answer.question for answer in self.answers]
        return tuple(id for index, id in enumerate(ids) if index == 0 or ids[index - 1] != id)


def load_script(path: Path = FILE) -> Script:
    """The script in the file."""
    from questions.strict_yaml import load

    data = load(files.read(path), str(path)).data
    return Script(data["title"], data["seed"], tuple(_answers(data["answers"])))


def _answers(records: Sequence[Mapping[str, Any]]) -> list[ScriptedAnswer]:
    return [
        ScriptedAnswer(
            question=record["question"],
            part=record.get("part", "a"),
            answer=_text(record["answer"]),
            shows=record["shows"],
            outcome=record["outcome"],
            mistake=record.get("mistake", ""),
        )
        for record in records
    ]


def _text(answer: Any) -> str:
    return files.read(inside(FOLDER, answer["file"])) if isinstance(answer, dict) else str(answer)
