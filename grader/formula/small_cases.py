"""Cases with small whole numbers, which can be checked by hand."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from grader.formula.cases import Case
from grader.formula.symbols import Symbol

SMALL = (0, 1, -1, 2, 3, -2)


def entries(symbols: Sequence[Symbol], dims: Mapping[str, int]) -> int:
    """How many numbers the symbols hold."""
    return sum(math.prod(_sizes(symbol, dims)) for symbol in symbols)


@functools.lru_cache(maxsize=256)
def small_case(
    symbols: tuple[Symbol, ...], sizes: tuple[tuple[str, int], ...], *, points: int, seed: str = "counter-example"
) -> Case | None:
    """Points with small whole numbers, wider ones later; None where a domain has none.

    sizes: of every dimension.
    """
    dims = dict(sizes)
    shapes = {symbol: _sizes(symbol, dims) for symbol in symbols}
    rng = random.Random(seed)
    exact: dict[str, Any] = {}
    for symbol, shape in shapes.items():
        drawn = np.empty((points, *shape), dtype=object)
        for point in range(points):
            values = _values(symbol, shape, rng, widest=1 + point // 6)
            if values is None:
                return None
            drawn[point] = values
        exact[symbol.name] = drawn
    return Case(dims, {name: e.astype(np.float64) for name, e in exact.items()}, exact, points)


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
