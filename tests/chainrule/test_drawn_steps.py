"""Worked steps over drawn numbers: what the letters stand for, the value of each line, drawn values in the reasons."""

from __future__ import annotations

import pytest

from chainrule.numbers import exact_text
from chainrule.records import step_texts
from chainrule.worked import drawn_texts, example_view, step_values
from questions.family import read_family
from questions.faults import FaultError
from questions.variant import Variant

BODY = """title: A test
course: [nn.test]
source: "nobody"
draw: {n: {integer: [7, 7]}, r: {integer: [-3, -3]}}
prompt: What?
answer: {number: "exp(r)*n**10"}
oracle: convolution.parameter_count
"""


def variant(steps: str) -> Variant:
    return read_family(BODY + f"steps: |\n  {steps}\n", "nn/test.yaml", topic="nn", name="test").draw(0)


def test_letters_and_values_stand_beside_the_steps() -> None:
    steps = "power = n**10  # {n} ten times\n  half = 5\n  key = exp(r)*power"
    drawn = variant(steps)
    assert drawn_texts(drawn.steps) == ("n = 7", "r = −3")
    assert step_values(drawn.steps, None) == ("282475249", "", "1.406e+07")
    assert step_texts(drawn)[0] == "power = n¹⁰ = 282475249  # 7 ten times"
    view = example_view(drawn, None)
    assert view is not None and view.given == ("n = 7", "r = −3") and view.graph is None


def test_a_reason_names_drawn_values_only() -> None:
    with pytest.raises(FaultError, match=r"\{m\} in `# \{m\} times` names nothing drawn"):
        variant("key = n  # {m} times")


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (-12345678, "−12345678"), (0.125, "0.125"), (2 / 3, "0.6667"), ([1, -2.5], "(1, −2.5)")],
)
def test_exact_texts(value: object, text: str) -> None:
    assert exact_text(value) == text
