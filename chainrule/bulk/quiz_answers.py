"""Answers in quiz files, for a quiz that is known: what the file says of drawn values changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chainrule.bulk.code_answers import UNTOUCHED
from chainrule.bulk.handed_files import Found, HandedFiles, encodable
from chainrule.bulk.matching import EDITED, Matching
from chainrule.files import InputError
from chainrule.quiz_data import FORMAT
from chainrule.quizfile import Place
from chainrule.typed_answers import quote_answers
from chainrule.untouched import is_untouched
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Part, Variant


class QuizAnswers:
    """What the quiz files of a submission answer. problems: sentences about files and items that are of no use."""

    def __init__(self, handed: HandedFiles, quiz: Quiz) -> None:
        self.problems: list[str] = []
        self._handed = handed
        self._quiz = quiz
        self._matching = Matching(quiz)
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
        for _, item, number in self._matching.items(name, data, self.problems):
            yield from self._item(name, item, number)

    def _item(self, name: str, item: dict[str, Any], number: int) -> Iterator[tuple[Place, Found]]:
        variant = self._quiz.items[number - 1]
        other = self._matching.other_form(item, number)
        edited = self._matching.edited(item, number)
        written = item.get("parts")
        for part in written if isinstance(written, list) else []:
            id = part.get("id") if isinstance(part, dict) else None
            if id not in [known.id for known in variant.parts]:
                self.problems.append(f"{name}: question {number} has no part {str(id)[:100]!r}")
                continue
            asked = variant.part(str(id))
            found = _touched(self._answer(name, part.get("answer"), variant, asked), asked)
            if found.text.strip() and other:
                found = Found(file=name, problem=f"{name}: {other}", unreadable=True)
            elif found.text.strip() and edited:
                found = replace(found, remarks=(*found.remarks, EDITED))
            yield (number, str(id)), found

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
                found = self._handed.code(file, question=variant.family, entry=part.entry)
            else:
                found = Found(encodable(self._handed.text(file).rstrip()), file)
        except InputError as error:
            return Found(file=file, problem=str(error), unreadable=True)
        return replace(found, chosen=True)


def _touched(found: Found, part: Part) -> Found:
    """What was found, and of code that is still what was handed out only that it is: the answer may stand elsewhere."""
    if part.kind == "code" and found.text.strip() and is_untouched(found.text, part.starter, part.entry):
        return Found(file=found.file, problem=UNTOUCHED)
    return found
