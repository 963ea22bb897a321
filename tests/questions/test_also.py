"""Further right answers: declared in the family, checked like the key, and right wherever they are typed."""

from __future__ import annotations

import pytest

from chainrule.grading import grade
from questions.check import check_family
from questions.family import Family, read_family
from questions.faults import FaultError

TEXT = """
title: A step
course: [supervised.gradient-descent]
source: "nobody"
symbols: {w: [], g: [], eta: positive_rate}
prompt: Write the new weight.
answer: {formula: "w - eta*g"}
oracle: supervised.step
also:
  - {answer: "w + eta*g", why: "g may be called the negative gradient"}
  - {answer: "w - 2*eta*g", seed: 7, why: "in this variant the half was lost"}
"""


def family(text: str = TEXT) -> Family:
    text = text.replace("positive_rate", "{shape: [], domain: positive}")
    return read_family(text, "f.yaml", topic="supervised", name="f")


def outcome(answer: str, seed: int = 0) -> str:
    return grade(family().draw(seed).parts[0], answer).outcome.value


def test_a_further_answer_is_right_in_any_form_and_nothing_else_is() -> None:
    assert outcome("w + eta*g") == "right"
    assert outcome("w + g*eta + 0") == "right"
    assert outcome("w + 2*eta*g") == "wrong"


def test_one_with_a_seed_is_right_for_that_variant_alone() -> None:
    assert outcome("w - 2*eta*g", seed=7) == "right"
    assert outcome("w - 2*eta*g", seed=8) == "wrong"


def test_a_further_answer_that_cannot_be_read_breaks_a_promise() -> None:
    broken = family(TEXT.replace('"w + eta*g"', '"w + nonsense*g"'))
    report = check_family(broken, [0])
    assert [one.promise for one in report.broken if "further answer" in one.what] == [4]
    assert not [one for one in check_family(family(), [0]).broken if "further answer" in one.what]


def test_a_part_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(FaultError, match="there is no part 'b'; the parts are a"):
        family(TEXT.replace('- {answer: "w + eta*g"', '- {part: b, answer: "w + eta*g"'))


@pytest.mark.parametrize(("answer", "expected"), [("6/2", "right"), ("3.0", "right"), ("4", "wrong"), ("2", "right")])
def test_a_further_number(answer: str, expected: str) -> None:
    text = """
title: A number
course: [supervised.gradient-descent]
source: "nobody"
prompt: How many?
answer: {number: {key: "2", digits: 3}}
also: [{answer: "3", why: "counting the first one"}]
"""
    assert grade(family(text).draw(0).parts[0], answer).outcome.value == expected
