"""What questions share that hide one wrong line among right ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from grader.formula import Scope, evaluate, read
from grader.formula.cases import sample_cases


def only(wrong: Sequence[str]) -> str:
    """The one name of a list. Raises ValueError where there is none or more than one."""
    if len(wrong) != 1:
        raise ValueError(f"expected one wrong line, found {wrong}")
    return wrong[0]


def agrees(
    printed: str,
    scope: Scope,
    truth: Callable[..., Any],
    *,
    seed: str,
    points: int = 2,
    cases: int | None = None,
    rtol: float = 1e-5,
    atol: float = 1e-8,
) -> bool:
    """True where the printed formula has shape and value of `truth` at every sampled point.

    truth: takes the values of the scope's symbols by name. cases: how many sizes are tried, all without it.
    """
    formula = read(printed, scope)
    for case in sample_cases(scope, seed=seed, points=points)[:cases]:
        found = evaluate(formula, case)
        truths = np.stack([np.asarray(truth(**case.point(i))) for i in range(case.points)])
        if found.shape != truths.shape or not np.allclose(found, truths, rtol=rtol, atol=atol):
            return False
    return True


def differing(
    scope: Scope, lines: Mapping[str, str], truth: Callable[..., Any], *, seed: str, cases: int | None = 2
) -> Sequence[str]:
    """The names of the lines that differ from `truth`, which takes the name as `wrong`, somewhere."""
    return [
        name
        for name, text in lines.items()
        if not agrees(text, scope, partial(truth, wrong=name), seed=seed, cases=cases)
    ]
