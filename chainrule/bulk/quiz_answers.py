"""Answers in quiz files, for a quiz that is known: what the file says of drawn values changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chainrule.bulk.handed_files import Found, HandedFiles, encodable
from chainrule.bulk.keys import form_mark
from chainrule.files import InputError
from chainrule.quizfile import FORMAT, Place, encoded
from chainrule.typed_answers import quote_answers
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Part, Variant

EDITED = "the values in this file were changed; judged by those of the assignment"


class QuizAnswers:
    """What the quiz files of a submission answer. problems: sentences about files and items that are of no use."""

    def __init__(self, handed: HandedFiles, quiz: Quiz) -> None:
        self.problems: list[str] = []
        self._handed = handed
        self._quiz = quiz
        self._drawn = [encoded(variant.values) for variant in quiz.items]
        self._form = form_mark(quiz)
        self._found: dict[Place, list[Found]] = {}
        for name in handed.of_kind(".yaml", ".yml"):
            for place, found in self._file(name):
                self._found.setdefault(place, []).append(found)

    def of(self, place: Place) -> list[Found]:
        """Every answer to that part, in the order of the files."""
        return list(self._found.get(place, ()))

    def _file(self, name: str) -> Iterator[tuple[Place, Found]]:
        from questions.strict_yaml import load

        try:
            data = load(quote_answers(self._handed.text(name)), name).data
        except (InputError, AuthorError) as error:
            self.problems.append(str(error).split("\n", 1)[0])
            return
        if not isinstance(data, dict) or data.get("quiz") != FORMAT or not isinstance(data.get("items"), list):
            self.problems.append(f"{name}: not the quiz file that was handed out, so nothing is read from it")
            return
        form = data.get("form")
        left = list(range(1, len(self._quiz.items) + 1))
        for item in data["items"]:
            number = self._number(item, left)
            if number is None:
                asked = item.get("question") if isinstance(item, dict) else None
                self.problems.append(f"{name}: {str(asked)[:100]!r} is no question of this assignment")
                continue
            left.remove(number)
            yield from self._item(name, {"form": form, **item}, number)

    def _number(self, item: Any, left: list[int]) -> int | None:
        """Which question of the quiz an item is: of its family the one with its seed or values, else the next."""
        if not isinstance(item, dict):
            return None
        same = [number for number in left if self._quiz.items[number - 1].family == item.get("question")]
        exact = [number for number in same if self._of_form(item, number)]
        return next(iter(exact or same), None)

    def _of_form(self, item: dict[str, Any], number: int) -> bool:
        """True where nothing in the item says that it has other values."""
        seed, drawn = item.get("seed"), item.get("drawn")
        if seed is None and drawn is None:
            return item.get("form") in (None, self._form)
        return seed == self._quiz.items[number - 1].seed or drawn == self._drawn[number - 1]

    def _item(self, name: str, item: dict[str, Any], number: int) -> Iterator[tuple[Place, Found]]:
        variant = self._quiz.items[number - 1]
        other = self._other_form(item, number)
        edited = item.get("drawn") not in (None, self._drawn[number - 1])
        written = item.get("parts")
        for part in written if isinstance(written, list) else []:
            id = part.get("id") if isinstance(part, dict) else None
            if id not in [known.id for known in variant.parts]:
                self.problems.append(f"{name}: question {number} has no part {str(id)[:100]!r}")
                continue
            found = self._answer(name, part.get("answer"), variant, variant.part(str(id)))
            if found.text.strip() and other:
                found = Found(file=name, problem=f"{name}: {other}", unreadable=True)
            elif found.text.strip() and edited:
                found = replace(found, remarks=(*found.remarks, EDITED))
            yield (number, str(id)), found

    def _other_form(self, item: dict[str, Any], number: int) -> str:
        """Why the item was answered for other values than the student has; '' where it was not."""
        variant = self._quiz.items[number - 1]
        if not self._of_form(item, number):
            return f"question {number} is answered for another form; hand in the file that was handed out to you"
        if item.get("drawn") not in (None, self._drawn[number - 1]) and item.get("version") != variant.version:
            return f"question {number} was changed after this file was handed out; ask your instructor for a new one"
        return ""

    def _answer(self, name: str, written: Any, variant: Variant, part: Part) -> Found:
        match written:
            case None:
                return Found()
            case bool():
                return Found(str(written).lower(), name)
            case str():
                return Found(encodable(written.rstrip() if "\n" in written else written), name)
            case int() | float():
                return Found(str(written), name)
            case {"file": str(other)} if len(written) == 1:
                return self._named(name, other, variant, part)
        return Found(
            file=name, problem=f"{name}: an answer is text, or {{file: NAME}}; put quotes around it", unreadable=True
        )

    def _named(self, name: str, other: str, variant: Variant, part: Part) -> Found:
        """The answer in a file that the quiz file names."""
        file = self._handed.beside(name, other)
        if file is None:
            return Found(
                file=name, problem=f"{name} names the file {other[:100]!r}, which was not handed in", unreadable=True
            )
        try:
            if part.kind == "code" and file.lower().endswith(".ipynb"):
                found = self._handed.notebook(file, question=variant.family, entry=part.entry)
            else:
                found = Found(encodable(self._handed.text(file).rstrip()), file)
        except InputError as error:
            return Found(file=file, problem=str(error), unreadable=True)
        return replace(found, chosen=True)
