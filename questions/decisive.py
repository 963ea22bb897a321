"""Which drawn values a formula depends on: what has been found out for them need not be found out again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.formula.reading import Formula
from grader.formula.tree import variables
from questions.context import Context


def decisive(context: Context, formulas: Iterable[Formula]) -> tuple[Any, ...]:
    """The drawn structure, and those drawn numbers by name that the formulas, the program or any size use."""
    scope = context.scope
    trees = [formula.tree for formula in (*formulas, *scope.definitions.values())]
    used = {variable.name for tree in trees for variable in variables(tree)} | scope.dimensions
    numbers = context.drawn.numbers
    return (context.drawn.structure, tuple(sorted((name, numbers[name]) for name in used if name in numbers)))
