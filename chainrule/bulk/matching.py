"""Which question of a student's quiz an item of a quiz file or notebook is, and whether it has the student's values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from chainrule.quiz_data import encoded, form_mark

if TYPE_CHECKING:
    from chainrule.quiz import Quiz

EDITED = "the values in this file were changed; judged by those of the assignment"
MOST = 1000  # items that are looked at in one file


class Matching:
    """Compares items with the questions of a quiz."""

    def __init__(self, quiz: Quiz) -> None:
        self._quiz = quiz
        self._drawn = [encoded(variant.values) for variant in quiz.items]
        self._form = form_mark(quiz)

    def items(self, name: str, data: dict[str, Any], problems: list[str]) -> Iterator[tuple[int, dict[str, Any], int]]:
        """The place from 1 in the file, the item, and the number of its question in the quiz, each question once.

        What is no question of the quiz is said in `problems`.
        """
        left = list(range(1, len(self._quiz.items) + 1))
        if len(data["items"]) > MOST:
            problems.append(f"{name}: more than {MOST} questions; only these are looked at")
        for place, item in enumerate(data["items"][:MOST], start=1):
            number = self._number(item, left)
            if number is None:
                asked = item.get("question") if isinstance(item, dict) else None
                shown = asked[:100] if isinstance(asked, str) else "one without a name"
                problems.append(f"{name}: {shown!r} is no question of this assignment")
                continue
            left.remove(number)
            yield place, {"form": data.get("form"), **item}, number

    def other_form(self, item: dict[str, Any], number: int) -> str:
        """Why the item was answered for other values than the student has; '' where it was not."""
        if not self._of_form(item, number):
            return f"question {number} is answered for another form; hand in the file that was handed out to you"
        if self.edited(item, number) and item.get("version") != self._quiz.items[number - 1].version:
            return f"question {number} was changed after this file was handed out; ask your instructor for a new one"
        return ""

    def edited(self, item: dict[str, Any], number: int) -> bool:
        """True where the item says that it has other values."""
        return item.get("drawn") not in (None, self._drawn[number - 1])

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
