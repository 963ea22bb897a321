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


@pytest.mark.parametrize("typed", ["2,334,200", " 2,334,200. ", "2334200"])
def test_several_commas_can_only_set_thousands_apart(typed: str) -> None:
    assert judge(typed, NumberKey(Fraction(2334200), None)).outcome is Outcome.RIGHT


@pytest.mark.parametrize("typed", ["2,334,20", "23,34,200", "2,334,200,1"])
def test_other_commas_are_not_read(typed: str) -> None:
    assert judge(typed, NumberKey(Fraction(2334200), None)).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize(("typed", "meant"), [("30%", "0.3"), ("0.68 %", "0.0068"), ("−5%", "-0.05")])
def test_per_cent_is_told_what_to_type(typed: str, meant: str) -> None:
    verdict = judge(typed, NumberKey(Fraction(3, 10), None))
    assert verdict.outcome is Outcome.UNREADABLE
    assert f"type {meant}," in sentence(verdict.feedback[0])
