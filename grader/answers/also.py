"""Further right answers that a question declares: an answer that is the same as one of them is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.errors import LearnerError
from grader.formula.exact_value import exact
from grader.formula.precise import Undefined
from grader.formula.reading import read
from grader.keys import CodeKey, FormulaKey, Key, NumberKey
from grader.verdict import Outcome, Verdict

PIECE = re.compile(r"\w+|[^\w\s]")


def same_as_one(answer: str, also: Sequence[str], key: Key) -> Verdict | None:
    """The verdict "right" where the answer is one of `also`, for formulas and numbers in any form; else None."""
    for text in also:
        if verdict := _same(answer, text, key):
            return verdict
    return None


def _same(answer: str, text: str, key: Key) -> Verdict | None:
    from grader.answers import judge

    other = _key_of(text, key)
    if other is None:
        if isinstance(key, FormulaKey | NumberKey):
            return None
        same = _pieces(answer, key) == _pieces(text, key)
        return Verdict(Outcome.RIGHT, 1.0, reading=answer.strip()) if same else None
    verdict = judge(answer, other)
    return verdict if verdict.outcome is Outcome.RIGHT else None


def _pieces(text: str, key: Key) -> Sequence[str]:
    """What must be the same of a text: of code each line with its indentation, else words and signs without spaces."""
    if isinstance(key, CodeKey):
        return [line.rstrip() for line in text.strip("\n").splitlines() if line.strip()]
    return PIECE.findall(text)


def _key_of(text: str, key: Key) -> Key | None:
    """The key with another right answer in its place; None where only the same text will do."""
    try:
        match key:
            case FormulaKey(scope=scope):
                formula = read(text, scope)
                if formula.shape == key.formula.shape:
                    return FormulaKey(formula, scope, asked=key.asked)
            case NumberKey(scope=scope, digits=digits):
                return NumberKey(exact(read(text, scope)), digits, scope)
    except (LearnerError, Undefined, ValueError):
        return None
    return None
