"""The surface tree: what was written, before names and shapes are known. Every reader produces it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from grader.formula.errors import Span


@dataclass(frozen=True)
class Num:
    """A number literal, exact."""

    value: Fraction
    span: Span


@dataclass(frozen=True)
class Name:
    """A name, not yet looked up. Greek letters are spelled out: σ is `sigma`."""

    name: str
    span: Span


@dataclass(frozen=True)
class Op:
    """An operator with its operands.

    kind: neg add sub mul div pow caret matmul juxtapose transpose lt le gt ge eq ne equation
    """

    kind: str
    args: tuple[Node, ...]
    span: Span


@dataclass(frozen=True)
class Call:
    """A function applied to positional and named arguments."""

    name: str
    args: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]
    span: Span


@dataclass(frozen=True)
class Item:
    """`base[...]`, or `base_{...}` for a subscript. An entry of `parts` is None for `:`; the name `None` asks for a
    new axis."""

    base: Node
    parts: tuple[Node | None, ...]
    span: Span
    subscript: bool = False


@dataclass(frozen=True)
class Items:
    """`[a, b]`, a vector or (nested) matrix literal, or `(a, b)`, a tuple of arguments."""

    items: tuple[Node, ...]
    bracket: str  # "[" or "("
    span: Span


Node = Num | Name | Op | Call | Item | Items
