"""The report on a class gathered from its results, a student at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chainrule import files
from chainrule.bulk.class_answers import ClassAnswers
from chainrule.bulk.class_report import Asked, ClassReport
from chainrule.bulk.columns import Column
from chainrule.bulk.records import Result
from chainrule.bulk.similar_views import SimilarView, similar_view
from chainrule.files import InputError
from chainrule.statistics.answers import Answer
from chainrule.statistics.code_tokens import MOST
from chainrule.statistics.figures import class_figures
from chainrule.statistics.similar_code import similar_code

ABOUT = "asked.json"


@dataclass(frozen=True)
class About:
    """What was asked: what the report must know beside the answers."""

    id: str
    title: str
    columns: tuple[Column, ...]


def read_about(out: Path) -> About:
    """What was asked, as a graded folder tells. Raises InputError."""
    path = out / ABOUT
    if not path.is_file():
        raise InputError(f"{out}: not a folder that `chainrule grade-class` wrote; {ABOUT} is missing")
    try:
        found = json.loads(files.read(path))
        return About(found["id"], found["title"], tuple(Column(**column) for column in found["columns"]))
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path}: damaged; run `chainrule grade-class` again") from None


class Gathered:
    """Answers without their texts, and of code the first letters."""

    def __init__(self, about: About) -> None:
        self._about = about
        self._made = ClassAnswers(about.columns)
        self._answers: list[Answer] = []
        self._codes: dict[str, dict[str, str]] = {column.item: {} for column in about.columns if column.kind == "code"}

    def add(self, results: Sequence[Result]) -> None:
        """Takes what one student has."""
        for result, answer in self._made.of(results):
            self.put(answer, result.answer)

    def put(self, answer: Answer, text: str) -> None:
        """Takes one answer. text: as handed in."""
        self._answers.append(answer)
        if answer.item in self._codes and text.strip():
            self._codes[answer.item][answer.student] = text[:MOST]

    def report(self, called: Callable[[str], str], *, words: bool = False, notes: tuple[str, ...] = ()) -> ClassReport:
        """The report. called: the name of a student in it. words: whether comments and texts in code are shown."""
        asked = {column.item: Asked(column.item, column.title, column.place) for column in self._about.columns}
        similar = [
            self._similar(column, called, words=words)
            for column in self._about.columns
            if len(self._codes.get(column.item, ())) > 1
        ]
        return ClassReport(self._about.title, class_figures(self._answers), asked, tuple(similar), notes)

    def _similar(self, column: Column, called: Callable[[str], str], *, words: bool) -> SimilarView:
        """What is alike; a file may hold the answers to all questions, so what any of them hands out is left out."""
        codes = self._codes[column.item]
        starter = "\n".join(one.starter for one in self._about.columns)
        return similar_view(column.item, similar_code(codes, starter), codes, called, words=words)
