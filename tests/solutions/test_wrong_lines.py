"""Finding the wrong line among right ones: by value, by shape, and only one."""

from __future__ import annotations

import numpy as np
import pytest

from grader.formula import Scope, Symbol
from solutions.wrong_lines import agrees, differing, only

SCOPE = Scope({"x": Symbol("x", ("N",)), "y": Symbol("y", ("N",))})


def truth(x: np.ndarray, y: np.ndarray, wrong: str = "dot") -> np.ndarray:
    return np.asarray(x @ y if wrong == "dot" else x * y)


@pytest.mark.parametrize(
    ("printed", "right"), [("x @ y", True), ("sum(x*y)", True), ("x*y", False), ("2*x @ y", False)]
)
def test_a_formula_agrees_by_shape_and_by_value(printed: str, right: bool) -> None:
    assert agrees(printed, SCOPE, truth, seed="here") is right


def test_tolerances_count() -> None:
    assert agrees("x @ y*(1 + 1e-7)", SCOPE, truth, seed="here")
    assert not agrees("x @ y*(1 + 1e-7)", SCOPE, truth, seed="here", rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [({"dot": "x @ y", "each": "x*y"}, []), ({"dot": "x @ y", "each": "x + y"}, ["each"]), ({"dot": "x*y"}, ["dot"])],
)
def test_the_lines_that_differ_are_named(lines: dict[str, str], wrong: list[str]) -> None:
    assert differing(SCOPE, lines, truth, seed="here") == wrong


@pytest.mark.parametrize("wrong", [[], ["a", "b"]])
def test_one_line_is_wrong_and_no_more(wrong: list[str]) -> None:
    with pytest.raises(ValueError, match="expected one wrong line"):
        only(wrong)
