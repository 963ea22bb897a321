"""The typed tree: names looked up, every node with its shape. All back ends walk this.

row: a vector lying on its side (`x.T`); its entries are those of the standing one.
span: where it stood in the text; two trees that differ only in spans are equal.

Operators of `Apply`
    neg add sub mul div pow          entrywise, broadcast on trailing axes; mul is the Hadamard product
    lt le gt ge eq ne                indicators, 1.0 or 0.0
    matmul inner outer matpower      products; vectors are rank 1, so each product has a name of its own
    transpose                        a matrix's axes swapped; a vector laid on its side
    stack                            a literal: arguments along a new first axis
    equation                         a = b, in prose only
    every name of `functions.FUNCTIONS`; params hold axis and keepdims
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from grader.formula.errors import Span
from grader.formula.symbols import Shape

NOWHERE: Span = (0, 0)


@dataclass(frozen=True)
class Number:
    """An exact number literal."""

    value: Fraction
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def shape(self) -> Shape:
        return ()

    @property
    def row(self) -> bool:
        return False


@dataclass(frozen=True)
class Variable:
    """A name. kind: symbol, constant (a drawn value), math (pi, e), dimension, index, definition, derivative."""

    name: str
    kind: str
    shape: Shape = ()
    span: Span = field(default=NOWHERE, compare=False)
    row: bool = False  # of a definition that lies on its side


@dataclass(frozen=True)
class Apply:
    """An operator or function applied. params: what is not an expression, such as the axis."""

    op: str
    args: tuple[Expr, ...]
    shape: Shape
    row: bool = False
    params: tuple[tuple[str, int | bool | None], ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    def param(self, name: str) -> int | bool | None:
        """The parameter's value, None where it is not set."""
        return dict(self.params).get(name)


@dataclass(frozen=True)
class Pick:
    """Entries of a tensor. parts: a 0-based position, None for a whole axis, or "new" for a new axis.

    shown: the subscript as written (`p_i` counts from 1, `p[i]` from 0), for printing.
    """

    base: Expr
    parts: tuple[Expr | str | None, ...]
    shape: Shape
    subscript: bool = False
    first: int = 0
    row: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Bound:
    """A sum or product over an index. low, high: both included; None runs over the whole dimension."""

    op: str  # "Sum" or "Product"
    body: Expr
    index: str
    low: Expr | None
    high: Expr | None
    shape: Shape
    row: bool = False
    span: Span = field(default=NOWHERE, compare=False)


Expr = Number | Variable | Apply | Pick | Bound


def operands(expr: Expr) -> tuple[Expr, ...]:
    """The nodes directly below a node."""
    match expr:
        case Apply(args=args):
            return args
        case Pick(base=base, parts=parts):
            return (base, *(p for p in parts if not (p is None or isinstance(p, str))))
        case Bound(body=body, low=low, high=high):
            return (body, *(limit for limit in (low, high) if limit is not None))
    return ()


def variables(expr: Expr) -> frozenset[Variable]:
    """All names that occur in the tree."""
    found = {expr} if isinstance(expr, Variable) else set()
    return frozenset(found).union(*(variables(o) for o in operands(expr)))
