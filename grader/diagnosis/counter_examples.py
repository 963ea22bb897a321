"""A point where answer and key differ, small enough to check by hand where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.equivalence import agreeing
from grader.formula.cases import Case
from grader.formula.printer import decimal_text
from grader.formula.reading import Formula
from grader.formula.small_cases import entries, small_case
from grader.formula.symbols import Scope
from grader.formula.tree import Variable, operands
from grader.looks import Different
from grader.samples import Samples, samples
from grader.verdict import Feedback

TRIES = 30
MAX_ENTRIES = 10  # shown; more cannot be checked by hand


def counter_example(found: Different, got: Samples, expected: Samples) -> Feedback:
    """A small point with whole numbers where the two differ, else the entry that differs most at a sampled one."""
    small = _small(got.formula, expected.formula)
    if small is not None:
        return small
    gap = np.abs(found.got - found.expected)
    at = np.unravel_index(int(np.argmax(gap)), gap.shape)
    place = f"entry ({', '.join(str(int(i) + 1) for i in at)}) is " if gap.ndim else "it is "
    data = {"got": place + _number(found.got[at]), "expected": _number(found.expected[at])}
    return Feedback("formula.different", data)


def _small(answer: Formula, key: Formula) -> Feedback | None:
    used = sorted(_symbols(answer) | _symbols(key))
    if not used or key.free or answer.free:
        return None
    case = _case(key.scope, used)
    if case is None:
        return None
    mine, theirs = samples(answer, (case,)).values[0], samples(key, (case,)).values[0]
    differs = ~agreeing(mine, theirs) & np.isfinite(mine.reshape(TRIES, -1)).all(1)
    differs &= np.isfinite(theirs.reshape(TRIES, -1)).all(1)
    for point in np.flatnonzero(differs).tolist():
        values = {name: case.exact[name][point] for name in used}
        data = {"values": _listed(values), "got": _array(mine[point]), "expected": _array(theirs[point])}
        if data["got"] != data["expected"]:
            return Feedback("formula.counter-example", data)
    return None


def _symbols(formula: Formula) -> frozenset[str]:
    """Symbols that the value depends on, through the definitions."""
    waiting, found, seen = [formula.tree], set(), set()
    while waiting:
        tree = waiting.pop()
        waiting.extend(operands(tree))
        if isinstance(tree, Variable) and tree.name not in seen:
            seen.add(tree.name)
            if tree.kind == "definition":
                waiting.append(formula.scope.definitions[tree.name].tree)
            elif tree.kind == "symbol":
                found.add(tree.name)
    return frozenset(found)


def _case(scope: Scope, used: list[str]) -> Case | None:
    """Points with small whole numbers, all dimensions of size 2; None where they would not be small."""
    dims = {d: int(c) for d in scope.dimensions if isinstance(c := scope.constants.get(d), Fraction)}
    dims |= {d: 2 for d in scope.dimensions if d not in dims}
    symbols = tuple(scope.symbols[name] for name in used)
    if entries(symbols, dims) > MAX_ENTRIES:
        return None
    return small_case(symbols, tuple(sorted(dims.items())), points=TRIES)


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_exactly(value)}" for name, value in values.items())


def _exactly(value: Any) -> str:
    if isinstance(value, Fraction):
        return decimal_text(value)
    brackets = "[{}]" if value.ndim > 1 else "({})"
    return brackets.format(", ".join(map(_exactly, value)))


def _array(value: Any) -> str:
    if np.ndim(value) == 0:
        return _number(value)
    brackets = "[{}]" if np.ndim(value) > 1 else "({})"
    return brackets.format(", ".join(map(_array, value)))


def _number(value: Any) -> str:
    return f"{float(value) + 0.0:.4g}"
