"""Answers of every kind in notebooks that hold a quiz, for a quiz that is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chainrule.bulk.handed_files import Found, HandedFiles, encodable, found_in
from chainrule.bulk.matching import EDITED, Matching
from chainrule.files import InputError
from chainrule.quiz_data import FORMAT
from chainrule.quiz_notebook import CellAnswers, answer_name
from chainrule.quizfile import Place

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Part


class NotebookAnswers:
    """What the notebooks of a submission answer. problems: sentences about what is of no use."""

    def __init__(self, handed: HandedFiles, quiz: Quiz) -> None:
        self.problems = [handed.too_much] if ".ipynb" in handed.too_much.lower() else []
        self._handed = handed
        self._quiz = quiz
        self._matching = Matching(quiz)
        self._found: dict[Place, list[Found]] = {}
        self._files: dict[int, set[str]] = {}
        self._names = [
            answer_name(number, place, len(item.parts))
            for number, item in enumerate(quiz.items, start=1)
            for place, part in enumerate(item.parts)
            if part.kind != "code"
        ]
        for name in handed.code_files:
            if name.lower().endswith(".ipynb"):
                self._read(name)

    def of(self, place: Place) -> list[Found]:
        """Every answer to that part, in the order of the files."""
        return list(self._found.get(place, ()))

    def files(self, number: int) -> set[str]:
        """The notebooks that ask the question, so that nothing else in them is looked through for it."""
        return self._files.get(number, set())

    def _read(self, name: str) -> None:
        try:
            notebook = self._handed.notebook(name)
        except InputError as error:
            self.problems.append(str(error).split("\n", 1)[0])
            return
        cells = CellAnswers(notebook)
        data = self._data(notebook.kept, cells)
        if data is None:
            return
        for place, item, number in self._matching.items(name, data, self.problems):
            self._files.setdefault(number, set()).add(name)
            for part, found in self._item(name, cells, place, item, number):
                self._found.setdefault((number, part.id), []).append(found)

    def _data(self, kept: Any, cells: CellAnswers) -> dict[str, Any] | None:
        """The quiz that the notebook holds, None for none; where tags or all names are left, this one."""
        if isinstance(kept, dict) and kept.get("quiz") == FORMAT and isinstance(kept.get("items"), list):
            return kept
        if not cells and not (self._names and all(map(cells.names, self._names))):
            return None
        return {"items": [{"question": variant.family} for variant in self._quiz.items]}

    def _item(
        self, name: str, cells: CellAnswers, place: int, item: dict[str, Any], number: int
    ) -> Iterator[tuple[Part, Found]]:
        parts = self._quiz.items[number - 1].parts
        other = self._matching.other_form(item, number)
        edited = self._matching.edited(item, number)
        for index, part in enumerate(parts):
            found = self._answer(name, cells, place, part, answer_name(place, index, len(parts)))
            if found.text.strip() and other:
                found = Found(file=name, problem=f"{name}: {other}", unreadable=True)
            elif found.text.strip() and edited:
                found = replace(found, remarks=(*found.remarks, EDITED))
            yield part, found

    def _answer(self, name: str, cells: CellAnswers, place: int, part: Part, variable: str) -> Found:
        try:
            if part.kind != "code":
                return Found(encodable(cells.text(place, part.id, variable)), name)
            chosen = cells.code(place, part.id, part.entry, part.starter)
        except InputError as error:
            return Found(file=name, problem=encodable(str(error)), unreadable=True)
        if chosen is None:
            return Found(file=name, problem=f"in {name} `{part.entry}` is missing, or as it was handed out")
        return found_in(name, chosen)
