"""A name where a number is asked for: told what to type, never how the question's file calls its numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.answers import judge
from grader.formula.symbols import Scope
from grader.keys import NumberKey
from grader.sentences import sentence
from grader.verdict import Outcome

KEY = NumberKey(Fraction(12), None, Scope(constants={"lag": Fraction(4), "rate": Fraction(3)}))


@pytest.mark.parametrize("typed", ["about 12", "Lag", "rates*4", "lagg + 1", "twelve(3)"])
def test_a_name_is_told_that_a_number_was_expected(typed: str) -> None:
    verdict = judge(typed, KEY)
    told = sentence(verdict.feedback[0])
    assert verdict.outcome is Outcome.UNREADABLE
    assert told.startswith("A number was expected, and `")
    assert "Did you mean" not in told
    assert "rate" not in told or "rate" in typed


def test_a_name_of_the_text_and_a_function_can_be_used() -> None:
    assert judge("lag * rate", KEY).outcome is Outcome.RIGHT
    assert "Did you mean `sqrt`?" in sentence(judge("sqr(144)", KEY).feedback[0])
