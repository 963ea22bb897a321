"""Where names get their values while a tree is evaluated, and how indices run.

A position-like index (free, or summed over its whole range) holds the 0-based position itself, so that
`p[i]` and `p_i` name the same entry; one with stated limits holds the number as written.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from grader.formula.ranges import first_of, index_range
from grader.formula.symbols import Scope, Shape
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable


@dataclass(frozen=True)
class Index:
    """The present value of an index. is_position: already counted from 0."""

    value: int
    is_position: bool


@dataclass(frozen=True)
class Environment:
    """Values by name (with the points as first axis, where there are points), sizes, and indices."""

    scope: Scope
    dims: Mapping[str, int]
    values: Mapping[str, Any]
    indices: Mapping[str, Index] = field(default_factory=dict)

    def sizes(self, shape: Shape) -> tuple[int, ...]:
        """The shape in numbers."""
        return tuple(d if isinstance(d, int) else self._size(d) for d in shape)

    def _size(self, dim: str) -> int:
        return math.prod(int(d) if d.isdigit() else self.dims[d] for d in dim.split("*"))

    def over(self, expr: Bound) -> Iterator[Environment]:
        """This environment once for each value of the bound index."""
        if expr.low is None or expr.high is None:
            dim = self.scope.indices.get(expr.index) or index_range(expr.index, expr.body)
            assert dim is not None
            values, is_position = range(self.sizes((dim,))[0]), True
        else:
            low, high = int(whole(expr.low, self)), int(whole(expr.high, self))
            first = first_of(expr.index, expr.body)
            values, is_position = range(low - (first or 0), high + 1 - (first or 0)), first is not None
        for value in values:
            yield self.at(expr.index, Index(value, is_position))

    def at(self, name: str, index: Index) -> Environment:
        """This environment with an index set."""
        return Environment(self.scope, self.dims, self.values, {**self.indices, name: index})


def position(part: Expr, pick: Pick, env: Environment) -> int:
    """The 0-based position that an index expression names."""
    value = whole(part, env)
    if _has_position(part, env):
        return int(value)
    return int(value) - pick.first


def _has_position(part: Expr, env: Environment) -> bool:
    if isinstance(part, Variable):
        return part.kind == "index" and env.indices[part.name].is_position
    return isinstance(part, Apply) and any(_has_position(a, env) for a in part.args)


def whole(expr: Expr, env: Environment) -> Fraction:
    """The value of an index or limit: numbers, dimensions, drawn constants and indices with + - *."""
    match expr:
        case Number(value=value):
            return value
        case Variable(name=name, kind="index"):
            return Fraction(env.indices[name].value)
        case Variable(name=name, kind="dimension"):
            return Fraction(env.dims[name])
        case Variable(name=name, kind="constant"):
            constant = env.scope.constants[name]
            if isinstance(constant, Fraction):
                return constant
        case Apply(op="neg", args=(inner,)):
            return -whole(inner, env)
        case Apply(op="add" | "sub" | "mul" as op, args=(left, right)):
            a, b = whole(left, env), whole(right, env)
            return {"add": a + b, "sub": a - b, "mul": a * b}[op]
    raise ValueError(f"an index must be built of numbers, dimensions and indices with + - *, not {expr}")
