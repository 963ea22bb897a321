"""A comma in a number: a decimal comma and thousands set apart are told what to type instead."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.answers import judge
from grader.keys import NumberKey
from grader.sentences import sentence
from grader.verdict import Outcome


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2,5", "did you mean 2.5?"),
        ("0,667", "did you mean 0.667?"),
        ("5,936", "did you mean 5.936 or 5936?"),
        ("-1,25", "did you mean -1.25?"),
    ],
)
def test_what_a_comma_may_have_stood_for(typed: str, told: str) -> None:
    verdict = judge(typed, NumberKey(Fraction(5936), None))
    assert verdict.outcome is Outcome.UNREADABLE
    assert sentence(verdict.feedback[0]).endswith(told)
