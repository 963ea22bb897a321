"""Inputs for code questions: drawn by shape and domain, with edges, or given by a function."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.formula.cases import draw, sample_cases
from grader.formula.symbols import Scope, Symbol

Inputs = dict[str, Any]
_SCALABLE = ("real", "positive", "nonnegative")
_LARGE = 500  # entries of size 1/32 to 2 become up to 1000


def drawn_inputs(parameters: Mapping[str, Symbol], *, count: int, seed: str) -> list[Inputs]:
    """`count` calls with pairwise different sizes."""
    cases = sample_cases(Scope(symbols=parameters), seed=seed, settings=count, points=1)
    return [as_inputs(parameters, case.point(0)) for case in cases]


def edge_inputs(parameters: Mapping[str, Symbol], edge: str | Mapping[str, Any], *, seed: str) -> Inputs:
    """One call at an edge: a word of the schema, or values for some of the parameters.

    Raises ValueError where the given values contradict the declared shapes.
    """
    rng = random.Random(f"edge:{seed}:{edge}")
    given = edge if isinstance(edge, Mapping) else {}
    sizes = _sizes(parameters, given)
    for dim in sorted(Scope(symbols=parameters).dimensions):
        sizes.setdefault(dim, 1 if edge == "single" else rng.randint(2, 5))
    values = {name: _value(symbol, sizes, rng) for name, symbol in parameters.items()}
    if isinstance(edge, str):
        values = {name: _at_edge(edge, parameters[name], value) for name, value in values.items()}
    return as_inputs(parameters, {**values, **{n: np.asarray(v, dtype=np.float64) for n, v in given.items()}})


def small_inputs(parameters: Mapping[str, Symbol], *, most: int, edge: str = "", seed: str) -> Inputs:
    """One call with no size above `most` and entries that are easily read: multiples of 1/2, none of them 0."""
    rng = random.Random(f"small:{seed}:{most}:{edge}")
    sizes = {dim: rng.randint(1, most) for dim in sorted(Scope(symbols=parameters).dimensions)}
    values = {name: _readable(symbol, _value(symbol, sizes, rng)) for name, symbol in parameters.items()}
    if edge:
        values = {name: _at_edge(edge, parameters[name], value) for name, value in values.items()}
    return as_inputs(parameters, values)


def large_inputs(parameters: Mapping[str, Symbol], sizes: Mapping[str, int], *, seed: int) -> Inputs:
    """One call of the given sizes, other dimensions 4; drawn by NumPy, since Fractions would take seconds.

    Raises ValueError for a domain that has to be drawn exactly.
    """
    draw_one = np.random.default_rng(seed)
    values: Inputs = {}
    for name, symbol in parameters.items():
        shape = tuple(d if isinstance(d, int) else sizes.get(d, 4) for d in symbol.shape)
        match symbol.domain.kind:
            case "real":
                values[name] = draw_one.normal(size=shape)
            case "positive" | "nonnegative" | "unit":
                values[name] = draw_one.uniform(0.1, 0.9, size=shape)
            case "binary":
                values[name] = draw_one.integers(0, 2, size=shape)
            case "integer" if symbol.domain.low is not None and symbol.domain.high is not None:
                values[name] = draw_one.integers(int(symbol.domain.low), int(symbol.domain.high) + 1, size=shape)
            case kind:
                raise ValueError(f"{name} cannot be drawn at a large size: its domain is {kind}")
    return as_inputs(parameters, values)


def nudged(parameters: Mapping[str, Symbol], inputs: Inputs, size: float, *, seed: int) -> Inputs:
    """The call with every entry of a free domain changed by the relative `size` at most: off the grid of draws."""
    draw_one = np.random.default_rng(seed)
    result: Inputs = {}
    for name, value in inputs.items():
        free = parameters[name].domain.kind in _SCALABLE and isinstance(value, np.ndarray) and value.dtype.kind == "f"
        result[name] = value * (1 + size * draw_one.uniform(-1, 1, size=value.shape)) if free else value
    return result


def as_inputs(parameters: Mapping[str, Symbol], values: Mapping[str, Any]) -> Inputs:
    """Arrays as a submission takes them: numbers for shape (), int64 where the domain is whole numbers."""
    result: Inputs = {}
    for name, symbol in parameters.items():
        array = np.asarray(values[name], dtype=np.float64)
        if symbol.domain.kind == "integer":
            array = array.astype(np.int64)
        result[name] = array.item() if symbol.shape == () else array
    return result


def sizes_of(parameters: Mapping[str, Symbol], inputs: Mapping[str, Any]) -> dict[str, int]:
    """What each named dimension is in a call. Raises ValueError where the arrays contradict each other."""
    return _sizes(parameters, inputs)


def _sizes(parameters: Mapping[str, Symbol], values: Mapping[str, Any]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for name, value in values.items():
        if name not in parameters:
            raise ValueError(f"{name!r} is no parameter; the parameters are {', '.join(parameters)}")
        if isinstance(value, str):
            continue
        declared, shape = parameters[name].shape, np.shape(value)
        if len(declared) != len(shape):
            raise ValueError(f"{name} has shape {shape}, its declaration is {list(declared)}")
        for dim, size in zip(declared, shape, strict=True):
            if (sizes.setdefault(dim, size) if isinstance(dim, str) else dim) != size:
                raise ValueError(f"{name} has shape {shape}, but {dim} is {sizes.get(str(dim), dim)}")
    return sizes


def _value(symbol: Symbol, sizes: Mapping[str, int], rng: random.Random) -> Any:
    shape = tuple(d if isinstance(d, int) else sizes[d] for d in symbol.shape)
    return np.asarray(draw(symbol.domain, shape, rng, Fraction(1))).astype(np.float64)


def _readable(symbol: Symbol, value: Any) -> Any:
    if symbol.domain.kind not in _SCALABLE:
        return value
    rounded = np.round(2 * value) / 2
    return np.where(rounded == 0, 0.5, rounded)


def _at_edge(edge: str, symbol: Symbol, value: Any) -> Any:
    if symbol.domain.kind not in _SCALABLE:
        return value
    match edge:
        case "zeros" if symbol.domain.kind != "positive":
            return np.zeros_like(value)
        case "ones":
            return np.ones_like(value)
        case "large":
            return value * _LARGE
        case "ties" if value.size:
            return np.full_like(value, value.flat[0])
    return value
