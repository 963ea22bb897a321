"""Judging an order: all labels, first to last.

Score: the share of neighbours of the right order that are neighbours, in that order, in the answer too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grader.answers.labels import listing, read_labels
from grader.errors import LearnerError
from grader.keys import Option, OrderingKey
from grader.verdict import Evidence, Feedback, Outcome, Verdict, right, unreadable, wrong


def judge_ordering(answer: str, key: OrderingKey) -> Verdict:
    """The verdict on an order. A label that is repeated or missing makes it unreadable."""
    try:
        typed = read_order(answer, key.options)
    except LearnerError as error:
        return unreadable(error.feedback)
    reading = ", then ".join(typed)
    if typed == key.order:
        return right(reading=reading, evidence=Evidence.PROVED)
    if typed == key.order[::-1]:
        return wrong(Feedback("ordering.reversed"), reading=reading, evidence=Evidence.PROVED)
    kept = len(set(pairwise(typed)) & set(pairwise(key.order)))
    total = len(key.order) - 1
    why = Feedback("ordering.pairs", {"right": kept, "total": total})
    if kept == 0:
        return wrong(why, reading=reading, evidence=Evidence.PROVED)
    return Verdict(Outcome.PARTIAL, kept / total, (why,), reading, Evidence.PROVED)


def read_order(answer: str, options: Sequence[Option]) -> tuple[str, ...]:
    """All labels in the order typed. Raises `LearnerError` where one is repeated, missing or unknown."""
    typed = read_labels(answer, options)
    every = sorted(option.label for option in options)
    labels = listing(every)
    if repeated := sorted({label for label in typed if typed.count(label) > 1}):
        raise LearnerError(Feedback("ordering.repeated", {"got": listing(repeated), "labels": labels}))
    if missing := sorted(set(every) - set(typed)):
        raise LearnerError(Feedback("ordering.missing", {"got": listing(missing), "labels": labels}))
    return typed
