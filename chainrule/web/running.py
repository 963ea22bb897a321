"""Exams with their questions, put together once and remembered for a while."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from chainrule.examining import Running, put_together
from chainrule.viewing import question_view

if TYPE_CHECKING:
    from chainrule.store.records import Exam
    from chainrule.store.store import Store
    from chainrule.views import QuestionView
    from chainrule.web.variants import Variants

KEPT = 2000  # exams, and questions of them as they are shown


class RunningExams:
    """What an exam asks never changes, so it is read once. It may be used from several threads."""

    def __init__(self) -> None:
        self._put_together = lru_cache(maxsize=KEPT)(_put_together)
        self._viewed = lru_cache(maxsize=KEPT)(_view)

    def of(self, store: Store, variants: Variants, exam: Exam) -> Running:
        """The exam with its form and items."""
        return self._put_together(store, variants, exam)

    def view(self, store: Store, variants: Variants, exam: Exam, number: int) -> QuestionView:
        """How a question of it is shown, with the marks that it has there. Raises AuthorError where it is broken."""
        return self._viewed(self, store, variants, exam, number)


def _put_together(store: Store, variants: Variants, exam: Exam) -> Running:
    items = store.exam_items(exam.id)
    return put_together(exam, items, [variants.of(item) for item in items])


def _view(exams: RunningExams, store: Store, variants: Variants, exam: Exam, number: int) -> QuestionView:
    form = exams.of(store, variants, exam).form
    return question_view(number, next(one.variant for one in form.items if one.number == number))
