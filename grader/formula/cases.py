"""Cases: sizes for the dimensions and values for the symbols, the same on every machine.

Entries are drawn as exact fractions with small binary denominators, so that a constraint such as "sums to 1" holds
exactly, in float64 and at any precision.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from grader.formula.symbols import Dim, Domain, Scope, Symbol

SETTINGS = 3  # of sizes
SCALES = tuple(Fraction(2) ** power for power in (0, -1, 1, 2, -2, 2, -12, 6, 0, 12, 2, 12))  # one for each point
POINTS = len(SCALES)  # for each setting
_GRID = 2**16

MODERATE = Fraction(4)  # the largest scale at which the domain of a formula is judged

FractionArray = Any  # numpy array of Fractions


@dataclass(frozen=True, eq=False)
class Case:
    """One setting of sizes with P points.

    values: name -> float64 array (P, *shape); exact: name -> array of Fractions (P, *shape).
    """

    dims: Mapping[str, int]
    values: Mapping[str, np.ndarray[Any, np.dtype[np.float64]]]
    exact: Mapping[str, FractionArray]
    points: int = POINTS

    def point(self, i: int) -> dict[str, np.ndarray[Any, np.dtype[np.float64]]]:
        """The values at one point, each of the symbol's own shape."""
        return {name: value[i] for name, value in self.values.items()}


def sample_cases(scope: Scope, *, seed: str, settings: int = SETTINGS, points: int = POINTS) -> tuple[Case, ...]:
    """Cases for the scope's symbols: pairwise different sizes, several scales, both signs, domains kept."""
    fixed = tuple(
        (name, int(scope.constants[name]))  # type: ignore[arg-type]
        for name in sorted(scope.dimensions)
        if isinstance(scope.constants.get(name), Fraction)
    )
    dims = tuple(sorted(scope.dimensions - {name for name, _ in fixed}))
    symbols = tuple(scope.symbols[name] for name in sorted(scope.symbols))
    return _drawn(symbols, dims, fixed, seed, settings, points)


def is_moderate(point: int) -> bool:
    """False for points so far out that digits may run out before the formula is defined there."""
    return SCALES[point % len(SCALES)] <= MODERATE


@functools.lru_cache(maxsize=256)
def _drawn(
    symbols: tuple[Symbol, ...],
    dims: tuple[str, ...],
    fixed: tuple[tuple[str, int], ...],
    seed: str,
    settings: int,
    points: int,
) -> tuple[Case, ...]:
    rng = random.Random(f"cases:{seed}")
    sizes = _sizes(dims, dict(fixed), rng, settings)
    return tuple(_case(symbols, of, rng, points) for of in sizes)


def _sizes(dims: tuple[str, ...], fixed: dict[str, int], rng: random.Random, settings: int) -> list[dict[str, int]]:
    """Sizes for each setting: pairwise different within one, and no dimension of one size in two of them."""
    pool = [size for size in range(2, 3 + len(dims) + settings + len(fixed)) if size not in fixed.values()]
    pool = pool[: max(len(dims) + settings - 1, settings)]
    rng.shuffle(pool)
    turned = [pool[k:] + pool[:k] for k in range(settings)]
    return [{**fixed, **dict(zip(dims, sizes, strict=False))} for sizes in turned]


def _case(symbols: tuple[Symbol, ...], sizes: dict[str, int], rng: random.Random, points: int) -> Case:
    exact: dict[str, FractionArray] = {}
    for symbol in symbols:
        shape = tuple(_size(d, sizes) for d in symbol.shape)
        drawn = np.empty((points, *shape), dtype=object)
        for p in range(points):
            drawn[p] = draw(symbol.domain, shape, rng, SCALES[p % len(SCALES)])
        exact[symbol.name] = drawn
    values = {name: array.astype(np.float64) for name, array in exact.items()}
    return Case(sizes, values, exact, points)


def _size(dim: Dim, sizes: Mapping[str, int]) -> int:
    return dim if isinstance(dim, int) else sizes[dim]


def draw(domain: Domain, shape: tuple[int, ...], rng: random.Random, scale: Fraction) -> FractionArray:
    """One exact value of a symbol, an array of Fractions (a Fraction for shape ())."""
    match domain.kind:
        case "simplex":
            return _lines(shape, lambda n: _simplex(n, rng))
        case "one_hot":
            return _lines(shape, lambda n: _one_hot(n, rng))
        case "symmetric":
            half = _each(shape, lambda: _signed(rng, scale))
            return (half + half.T) / 2
        case "positive_definite":
            half = _each(shape, lambda: _signed(rng, Fraction(1)))
            return half @ half.T + _identity(shape[0]) / 2
        case "orthogonal":
            return _orthogonal(shape[0], rng)
    return _each(shape, lambda: _scalar(domain, rng, scale))


def _scalar(domain: Domain, rng: random.Random, scale: Fraction) -> Fraction:
    match domain.kind:
        case "real":
            return _signed(rng, scale)
        case "positive" | "nonnegative":
            return Fraction(rng.randint(_GRID // 16, 2 * _GRID), _GRID) * scale
        case "unit":
            return Fraction(rng.randint(_GRID // 32, _GRID - _GRID // 32), _GRID)
        case "binary":
            return Fraction(rng.randint(0, 1))
        case "integer":
            low = 0 if domain.low is None else int(domain.low)
            return Fraction(rng.randint(low, low + 9 if domain.high is None else int(domain.high)))
        case "interval":
            low_end, high_end = Fraction(domain.low or 0), Fraction(1 if domain.high is None else domain.high)
            return low_end + (high_end - low_end) * Fraction(rng.randint(1, _GRID - 1), _GRID)
    raise ValueError(f"unknown domain {domain.kind}")


def _signed(rng: random.Random, scale: Fraction) -> Fraction:
    """Between 1/32 and 2 in size, either sign, times the scale."""
    return Fraction(rng.choice((-1, 1)) * rng.randint(_GRID // 32, 2 * _GRID), _GRID) * scale


def _each(shape: tuple[int, ...], one: Any) -> FractionArray:
    if not shape:
        return one()
    result = np.empty(shape, dtype=object)
    for at in np.ndindex(shape):
        result[at] = one()
    return result


def _lines(shape: tuple[int, ...], line: Any) -> FractionArray:
    """An array whose last axis is filled line by line."""
    result = np.empty(shape, dtype=object)
    for at in np.ndindex(shape[:-1]):
        result[at] = line(shape[-1])
    return result


def _simplex(size: int, rng: random.Random) -> list[Fraction]:
    cuts = sorted(rng.sample(range(1, 1024), size - 1))
    return [Fraction(b - a, 1024) for a, b in zip([0, *cuts], [*cuts, 1024], strict=True)]


def _one_hot(size: int, rng: random.Random) -> list[Fraction]:
    hot = rng.randrange(size)
    return [Fraction(int(k == hot)) for k in range(size)]


def _identity(size: int) -> FractionArray:
    return _each((size, size), lambda: Fraction(0)) + np.array(
        [[Fraction(int(i == j)) for j in range(size)] for i in range(size)], dtype=object
    )


def _orthogonal(size: int, rng: random.Random) -> FractionArray:
    """A product of rational rotations (3/5, 4/5), (5/13, 12/13), ... and sign changes: exactly orthogonal."""
    result = _identity(size)
    for _ in range(2 * size):
        i, j = rng.sample(range(size), 2) if size > 1 else (0, 0)
        a, b, c = rng.choice(((3, 4, 5), (5, 12, 13), (8, 15, 17)))
        if i != j:
            cos, sin = Fraction(a, c), Fraction(b, c)
            result[[i, j]] = np.array([cos * result[i] - sin * result[j], sin * result[i] + cos * result[j]])
    if rng.random() < 0.5:
        result[0] = -result[0]
    return result
