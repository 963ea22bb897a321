"""A point where answer and key differ, small enough to check by hand where there is one."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.equivalence import agreeing
from grader.formula.cases import Case
from grader.formula.printer import decimal_text
from grader.formula.reading import Formula
from grader.formula.symbols import Scope, Symbol
from grader.formula.tree import Variable, operands
from grader.looks import Different
from grader.samples import Samples, samples
from grader.verdict import Feedback

TRIES = 30
MAX_ENTRIES = 10  # shown; more cannot be checked by hand
SMALL = (0, 1, -1, 2, 3, -2)


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
    return _drawn(tuple(scope.symbols[name] for name in used), tuple(sorted(dims.items())))


@functools.lru_cache(maxsize=256)
def _drawn(symbols: tuple[Symbol, ...], sizes: tuple[tuple[str, int], ...]) -> Case | None:
    dims = dict(sizes)
    shapes = {symbol: _sizes(symbol, dims) for symbol in symbols}
    if sum(math.prod(shape) for shape in shapes.values()) > MAX_ENTRIES:
        return None
    rng = random.Random("counter-example")
    exact: dict[str, Any] = {}
    for symbol, shape in shapes.items():
        drawn = np.empty((TRIES, *shape), dtype=object)
        for point in range(TRIES):
            values = _values(symbol, shape, rng, widest=1 + point // 6)
            if values is None:
                return None
            drawn[point] = values
        exact[symbol.name] = drawn
    return Case(dims, {name: e.astype(np.float64) for name, e in exact.items()}, exact, TRIES)


def _sizes(symbol: Symbol, dims: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(d if isinstance(d, int) else dims[d] for d in symbol.shape)


def _values(symbol: Symbol, shape: tuple[int, ...], rng: random.Random, widest: int) -> Any:
    """One small value of the symbol; None for domains without small whole numbers."""
    if symbol.domain.kind in {"simplex", "one_hot"}:
        hot = np.zeros(shape, dtype=object) + Fraction(0)
        for at in np.ndindex(shape[:-1]):
            hot[(*at, rng.randrange(shape[-1]))] = Fraction(1)
        return hot if symbol.domain.kind == "one_hot" else (hot + Fraction(1, shape[-1])) / 2
    pool = list(_pool(symbol, widest))
    if not pool:
        return None
    drawn = np.empty(shape, dtype=object)
    for at in np.ndindex(shape):
        drawn[at] = Fraction(rng.choice(pool))
    return drawn if shape else drawn[()]


def _pool(symbol: Symbol, widest: int) -> Iterator[Fraction]:
    match symbol.domain.kind:
        case "real":
            yield from map(Fraction, SMALL[: 2 + widest])
        case "positive":
            yield from (Fraction(n) for n in range(1, 1 + widest))
        case "nonnegative":
            yield from (Fraction(n) for n in range(1 + widest))
        case "unit":
            yield from (Fraction(1, 2), Fraction(1, 4))
        case "binary":
            yield from (Fraction(0), Fraction(1))
        case "integer":
            low = int(symbol.domain.low or 0)
            high = low + widest if symbol.domain.high is None else min(int(symbol.domain.high), low + widest)
            yield from (Fraction(n) for n in range(low, high + 1))


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
