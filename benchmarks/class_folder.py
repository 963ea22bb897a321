"""A generated class of `class.py`: a folder for each student, and the plan of what each part comes to."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from class_answers import CODE, PARTS, QUESTIONS, Place, Planned, drawn
from class_attacks import TARGET, Attack, Attacks

from chainrule.bulk.assignment import load_assignment
from chainrule.quizfile import quiz_text
from questions.bank import load_bank

SHAPES = ("python", "python", "notebook", "answers", "zip")  # how code is handed in
NEVER_RIGHT = Planned(("wrong", "unreadable", "undecided"), None)
NOTHING = Planned(("unreadable", "unanswered"), None)
FORMULA: Place = (1, "formula")


@dataclass
class Made:
    """Where it lies. plan: by student and part; hostile: the attack of each hostile student, by name."""

    home: Path
    plan: dict[tuple[str, int, str], Planned] = field(default_factory=dict)
    hostile: dict[str, str] = field(default_factory=dict)
    target: dict[str, Place | None] = field(default_factory=dict)

    @property
    def submissions(self) -> Path:
        """A folder for each student."""
        return self.home / "submissions"

    @property
    def assignment(self) -> Path:
        """What was asked."""
        return self.home / "homework.yaml"


def made(home: Path, students: int, hostile: float, seed: int, attacks: Attacks) -> Made:
    """So many students, of whom that share is hostile. The first of a larger class are those of a smaller one."""
    found = Made(home)
    found.submissions.mkdir(parents=True)
    asked = "".join(f"  - {question}\n" for question in QUESTIONS)
    found.assignment.write_text(f"assignment: 1\ntitle: Week 5\nquestions:\n{asked}", encoding="utf-8")
    quiz = load_assignment(found.assignment, load_bank()).quiz_for("")
    for number in range(students):
        student = f"s{number:05}"
        chance = random.Random(f"{seed}-{student}")
        answers, plan = drawn(chance)
        attack = None
        if (before := int(number * hostile)) < int((number + 1) * hostile):
            attack = attacks.of(before, student)
            found.hostile[student], found.target[student] = attack.name, _hit(attack, answers, plan)
        found.plan |= {(student, *place): planned for place, planned in plan.items()}
        shape = chance.choice(SHAPES)
        written = {place: text for place, text in answers.items() if place not in CODE or shape == "answers"}
        if attack is not None and attack.code:
            written.pop(TARGET, None)
        files = {"answers.yaml": quiz_text(quiz, written).encode()}
        files |= _code_files({place: answers[place] for place in CODE if place not in written}, shape)
        hand_in(found.submissions / student, files if attack is None else _attacked(files, attack), shape)
    return found


def _hit(attack: Attack, answers: dict[Place, str], plan: dict[Place, Planned]) -> Place | None:
    """Changes answers and plan; returns the part that is attacked, None for all."""
    if attack.files is not None:
        plan.update(dict.fromkeys(PARTS, NOTHING))
        return None
    place = TARGET if attack.code else FORMULA
    answers[place] = "" if attack.code else attack.formula
    plan[place] = NEVER_RIGHT
    return place


def _attacked(files: dict[str, bytes], attack: Attack) -> Mapping[str, bytes]:
    if attack.files is not None:
        return attack.files
    if not attack.code:
        return files
    return {**files, f"{CODE[TARGET]}.py": attack.code.encode()}


def _code_files(code: Mapping[Place, str], shape: str) -> dict[str, bytes]:
    given = {place: text for place, text in code.items() if text}
    if shape != "notebook" or not given:
        return {f"{CODE[place]}.py": text.encode() for place, text in given.items()}
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code", "execution_count": None, "outputs": [], "source": text,
            "metadata": {"tags": [f"chainrule:{CODE[place]}"]},
        }
        for place, text in given.items()
    ]  # fmt: skip
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    return {"work.ipynb": json.dumps(notebook).encode()}


def hand_in(folder: Path, files: Mapping[str, bytes], shape: str) -> None:
    """Writes what a student hands in. shape: how."""
    folder.mkdir()
    if shape == "zip" and "work.zip" not in files:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        files = {"work.zip": packed.getvalue()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
