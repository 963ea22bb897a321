"""No slip passes: model answers with one thing changed are never right, unless they compute the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from mutants_judged import FAMILIES, survivors
from mutations import mutants

from grader.sandbox import Sandbox

SOME = 12


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


def test_there_are_code_questions_enough() -> None:
    assert len(FAMILIES) >= 25


@pytest.mark.parametrize("family", FAMILIES)
def test_no_mutant_is_right(family: str, sandbox: Sandbox) -> None:
    found = survivors(family, sandbox, most=SOME)
    assert found.tried >= 6
    assert found.passed == ()


def test_a_mutant_differs_in_one_place() -> None:
    loop = "    for row in x.T:\n        s += -row[1] * 2.0 + row.mean(axis=0)\n"
    source = f"def f(x):\n    s = 0\n{loop}    print(s)\n    return s\n"
    what = {mutant.what for mutant in mutants(source)}
    assert {
        "line 3: a transpose lost",
        "line 4: assigned, not added",
        "line 4: a sign lost",
        "line 4: sum for mean",
        "line 4: the second term dropped",
        "line 4: 2 for 1",
        "line 4: axis not given",
        "line 5: print(s) left out",
        "line 6: zeros returned",
    } <= what
    assert len({mutant.source for mutant in mutants(source)}) == len(mutants(source)) > 10
    assert random.Random(0).sample(mutants(source), 3) == random.Random(0).sample(mutants(source), 3)
