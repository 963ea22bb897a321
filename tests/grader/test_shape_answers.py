"""Shapes: what may be typed, and the diagnosis of a wrong one."""

from __future__ import annotations

import pytest

from grader.answers.shape import judge_shape
from grader.keys import Mistake, ShapeKey
from grader.sentences import sentence
from grader.verdict import Outcome

KEY = ShapeKey((32, 8, 5), (Mistake("no-padding", (32, 6, 3), "Padding adds a pixel on each side."),))


@pytest.mark.parametrize(
    "typed",
    ["(32, 8, 5)", "32x8x5", "32 x 8 x 5", "32 × 8 × 5", "[32,8,5]", "32 8 5", "torch.Size([32, 8, 5])", "32, 8, 5,",
     "((32, 8, 5))", "shape (32, 8, 5)", "32 by 8 by 5", "32X8X5", " (32,8,5). "],
)  # fmt: skip
def test_a_shape_is_taken_however_it_is_typed(typed: str) -> None:
    verdict = judge_shape(typed, KEY)
    assert (verdict.outcome, verdict.reading) == (Outcome.RIGHT, "(32, 8, 5)")


@pytest.mark.parametrize(("typed", "shape"), [("(7,)", (7,)), ("7", (7,)), ("()", ()), ("scalar", ())])
def test_vectors_and_scalars_have_shapes_too(typed: str, shape: tuple[int, ...]) -> None:
    assert judge_shape(typed, ShapeKey(shape)).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("typed", "mistake", "told"),
    [
        ("(32, 6, 3)", "no-padding", "Padding adds a pixel on each side."),
        ("(32, 8)", "", "(32, 8) has the wrong number of axes: 2 instead of 3."),
        ("(8, 5, 32)", "", "The sizes in (8, 5, 32) are right, their order is not."),
        ("(32, 8, 9)", "", "(32, 8, 9) is not right; look at axis 3 of 3, counted from 1."),
        ("(1, 2, 3)", "", "look at axis 1, 2, 3 of 3"),
    ],
)
def test_a_wrong_shape_is_diagnosed(typed: str, mistake: str, told: str) -> None:
    verdict = judge_shape(typed, KEY)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)
    assert told in sentence(verdict.feedback[0])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Nothing was entered"),
        ("(N, 8, 5)", "`n` is not a size"),
        ("(32, -8, 5)", "`-8` is not a size"),
        ("(32, 8.0, 5)", "`8.0` is not a size"),
        ("(32,, 5)", "`nothing between two commas` is not a size"),
        ("9" * 40, "is not a size"),
        ("1 " * 40, "at most 16 are read"),
    ],
)
def test_an_unreadable_shape_says_what_a_shape_looks_like(typed: str, told: str) -> None:
    verdict = judge_shape(typed, KEY)
    assert verdict.outcome is Outcome.UNREADABLE
    assert told in sentence(verdict.feedback[0])
