"""Conditions of `where`: formulas over the drawn numbers, and tests of drawn texts."""

from __future__ import annotations

import re

from grader.formula.precise import Undefined
from questions.context import Context
from questions.document import Path

_TEXT_TEST = re.compile(r"\s*(\w+)\s*(==|!=)\s*[\"']?([\w.-]+)[\"']?\s*")


def holds(context: Context, condition: str, path: Path) -> bool:
    """Whether a condition of `where` holds: formulas and tests of drawn texts, joined by `and` and `or`."""
    alternatives = [alternative.split(" and ") for alternative in condition.split(" or ")]
    return any(all(_is_true(context, test, path) for test in tests) for tests in alternatives)


def _is_true(context: Context, condition: str, path: Path) -> bool:
    """One test; of a drawn text it compares texts: `f == sigmoid`."""
    test = _TEXT_TEST.fullmatch(condition)
    if test and test[1] in context.drawn.spelled and test[1] not in context.drawn.numbers:
        return (context.drawn.spelled[test[1]] == test[3]) == (test[2] == "==")
    try:
        return bool(context.number(condition, path) != 0)
    except Undefined:
        return False
