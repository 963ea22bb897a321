"""Judging statements: which of them are true.

Score: statements classified correctly less those classified wrongly, over all of them, at least 0. So guessing
earns nothing on average.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.answers.labels import listing, read_labels
from grader.errors import LearnerError
from grader.keys import Option, StatementsKey
from grader.verdict import Evidence, Feedback, Outcome, Verdict, right, unreadable, wrong

_NONE = re.compile(r"\W*(none|no)( is| are)?( of (them|these|the above))?( true)?\W*|\s*[-–—∅]\s*")
_ALL = re.compile(r"\W*all( of)?( them| these| the above)?( are)?( true)?\W*")


def judge_statements(answer: str, key: StatementsKey) -> Verdict:
    """The verdict on a list of true statements, `none` where no statement is true."""
    try:
        marked = read_marked(answer, key.options)
    except LearnerError as error:
        return unreadable(error.feedback)
    reading = f"true: {listing(sorted(marked)) or 'none'}"
    misjudged = [option for option in key.options if (option.label in marked) != option.right]
    if not misjudged:
        return right(reading=reading, evidence=Evidence.PROVED)
    total = len(key.options)
    count = Feedback("statements.count", {"right": total - len(misjudged), "total": total})
    why = [
        Feedback("statements.misjudged", {"label": option.label, "says": option.says})
        for option in misjudged
        if option.says
    ]
    score = max(0.0, (total - 2 * len(misjudged)) / total)
    if score == 0:
        return wrong(count, *why, reading=reading, evidence=Evidence.PROVED)
    return Verdict(Outcome.PARTIAL, score, (count, *why), reading, Evidence.PROVED)


def read_marked(answer: str, options: Sequence[Option]) -> frozenset[str]:
    """The labels of the statements said to be true. Raises `LearnerError`."""
    text = answer.casefold()
    if _NONE.fullmatch(text):
        return frozenset()
    if _ALL.fullmatch(text):
        return frozenset(option.label for option in options)
    return frozenset(read_labels(answer, options))
