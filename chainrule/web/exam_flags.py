"""Questions of an exam that the learner wants to come back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.store.records import Setting

if TYPE_CHECKING:
    from chainrule.store.records import Exam
    from chainrule.store.store import Store

NAME = "exam-flags:{}"


def flags(store: Store, exam: Exam) -> frozenset[int]:
    """The numbers of the questions that are flagged."""
    value = store.setting(NAME.format(exam.id), exam.learner) or ""
    return frozenset(int(number) for number in value.split())


def turn_flag(store: Store, exam: Exam, number: int) -> None:
    """Flags a question, or takes its flag away."""
    now = flags(store, exam) ^ {number}
    store.add(Setting(NAME.format(exam.id), " ".join(map(str, sorted(now))), exam.learner))
