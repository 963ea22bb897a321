"""What names mean: symbols with shapes and domains, and the scope a formula is read in.

Dim      a named dimension ("N") or a fixed size (3)
shape    tuple of Dim: () a scalar, ("K",) a vector (a column in mathematics), ("N", "D") a matrix
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.formula.reading import Formula

Dim = str | int
Shape = tuple[Dim, ...]
Constant = Fraction | tuple["Constant", ...]

DOMAINS = (
    "real",
    "positive",
    "nonnegative",
    "unit",  # strictly between 0 and 1
    "interval",  # [low, high]
    "integer",  # whole numbers in [low, high]
    "binary",  # 0 or 1
    "simplex",  # last axis: positive, sums to 1
    "one_hot",  # last axis: one 1, the rest 0
    "symmetric",
    "positive_definite",
    "orthogonal",
)


@dataclass(frozen=True)
class Domain:
    """The values a symbol may take; `low` and `high` only for `interval` and `integer`."""

    kind: str = "real"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Symbol:
    """A declared name: its shape, its domain, and where its subscripts start counting."""

    name: str
    shape: Shape = ()
    domain: Domain = Domain()
    first: int = 1


@dataclass(frozen=True)
class Scope:
    """Everything a formula may name.

    constants: drawn numbers, exact; nested tuples of them for a drawn vector or matrix.
    indices: index names and the dimension each runs over.
    definitions: formulas named earlier (a forward program, worked steps), usable by name.
    dims: dimensions beyond those in the symbols' shapes.
    """

    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    constants: Mapping[str, Constant] = field(default_factory=dict)
    indices: Mapping[str, Dim] = field(default_factory=dict)
    definitions: Mapping[str, Formula] = field(default_factory=dict)
    dims: frozenset[str] = frozenset()

    @cached_property
    def signature(self) -> Hashable:
        """All that decides how a text is read in this scope: of drawn numbers the shape, and whether one is whole."""
        return (
            tuple(self.symbols.items()),
            tuple((name, constant_shape(value), is_whole_number(value)) for name, value in self.constants.items()),
            tuple(self.indices.items()),
            tuple((name, formula.shape, formula.row) for name, formula in self.definitions.items()),
            self.dims,
        )

    @property
    def dimensions(self) -> frozenset[str]:
        """Names of all dimensions that occur in the declared shapes."""
        shapes = [s.shape for s in self.symbols.values()]
        shapes += [d.shape for d in self.definitions.values()]
        named = {d for shape in shapes for d in shape if isinstance(d, str)}
        named |= {d for d in self.indices.values() if isinstance(d, str)}
        return frozenset(named) | self.dims

    def define(self, name: str, formula: Formula) -> Scope:
        """This scope with one more definition."""
        definitions = {**self.definitions, name: formula}
        return Scope(self.symbols, self.constants, self.indices, definitions, self.dims)


def constant_shape(value: Constant) -> tuple[int, ...]:
    """The sizes of a drawn vector or matrix; () for a number."""
    shape: list[int] = []
    while isinstance(value, tuple):
        shape.append(len(value))
        value = value[0]
    return tuple(shape)


def is_whole_number(value: Constant) -> bool:
    """True for a drawn number without a fraction."""
    return isinstance(value, Fraction) and value.denominator == 1
