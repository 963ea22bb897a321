"""Worked steps over drawn numbers: what the letters stand for, the value of each line, drawn values in the reasons."""

from __future__ import annotations

import pytest

from chainrule.numbers import exact_text
from chainrule.records import step_texts
from chainrule.worked import drawn_texts, example_view, step_values, worked_picture_text
from questions.check import check_family
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


RACE = "worked_picture: race_pictures.optimiser_race\n"


def raced(text: str) -> Variant:
    return read_family(text, "nn/test.yaml", topic="nn", name="test").draw(0)


def test_a_picture_stands_beside_the_worked_solution() -> None:
    body = BODY.replace("n: {integer: [7, 7]}, r: {integer: [-3, -3]}", "a: {integer: [3, 5]}, b: {integer: [5, 9]}")
    drawn = raced(body.replace("exp(r)*n**10", "a*b") + 'let: {c: "1"}\n' + RACE)
    view = example_view(drawn, None)
    assert view is not None and view.picture is not None and "The race" in view.picture
    assert "  momentum: (0, 0)" in worked_picture_text(drawn)


def test_a_picture_that_fails_costs_no_solution_and_breaks_a_promise() -> None:
    text = BODY + "worked_picture: race_pictures.optimiser_race\n"
    assert worked_picture_text(raced(text)) == ""
    report = check_family(read_family(text, "nn/test.yaml", topic="nn", name="test"), [0])
    assert any("promise 5" in str(broken) and "race_pictures.optimiser_race" in str(broken) for broken in report.broken)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (-12345678, "−12345678"), (0.125, "0.125"), (2 / 3, "0.6667"), ([1, -2.5], "(1, −2.5)")],
)
def test_exact_texts(value: object, text: str) -> None:
    assert exact_text(value) == text
