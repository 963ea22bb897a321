"""The questions of an assignment, which all students of its class get: chosen once, when the first one begins.

Choosing goes through the whole bank, and a class begins all at once.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from chainrule.exams.blueprint import read_blueprint
from chainrule.exams.form import class_form, class_questions

if TYPE_CHECKING:
    from chainrule.classes.records import Assignment
    from chainrule.exams.blueprint_schema import Blueprint
    from chainrule.exams.choosing import Chosen
    from chainrule.exams.form import Draw, Form
    from questions.bank import Bank

KEPT = 100  # assignments


class ClassQuestions:
    """Those of one bank. It may be used from several threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, ...], tuple[Blueprint, tuple[Chosen, ...]]] = OrderedDict()
        self._one = Lock()

    def form(self, bank: Bank, assignment: Assignment, student: str, draw: Draw) -> Form:
        """The form of a student. draw: of the same bank. Raises AuthorError as `class_form` does."""
        secret = bytes.fromhex(assignment.secret)
        blueprint, questions = self._of(bank, assignment, secret, draw)
        return class_form(
            bank, blueprint, secret=secret, exam=assignment.id, student=student, questions=questions, draw=draw
        )

    def _of(
        self, bank: Bank, assignment: Assignment, secret: bytes, draw: Draw
    ) -> tuple[Blueprint, tuple[Chosen, ...]]:
        key = (assignment.id, assignment.secret, assignment.blueprint)
        with self._one:
            if key not in self._known:
                blueprint = read_blueprint(assignment.blueprint, bank)
                found = class_questions(bank, blueprint, secret=secret, exam=assignment.id)
                for one in found:
                    draw(one.family, 0)  # a family's first draw reads its formulas, which all would do side by side
                self._known[key] = (blueprint, found)
                if len(self._known) > KEPT:
                    self._known.popitem(last=False)
            return self._known[key]
