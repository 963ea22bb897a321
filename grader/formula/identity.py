"""The identity matrix written as a bare `I`: its size comes from what it is added to or multiplied with."""

from __future__ import annotations

from dataclasses import replace

from grader.formula.errors import Span
from grader.formula.symbols import Dim, Shape
from grader.formula.tree import Apply, Bound, Expr, Pick

OPEN: Dim = "?"  # a size that is not known yet


def identity(span: Span) -> Expr:
    """The identity of a size that is not known yet."""
    return Apply("eye", (), (OPEN, OPEN), span=span)


def is_open(expr: Expr) -> bool:
    """True where the size of an identity inside is not known yet."""
    return OPEN in expr.shape


def settled(expr: Expr, size: Dim) -> Expr:
    """The tree with that size put in."""
    match expr:
        case Apply(args=args):
            return replace(expr, args=tuple(settled(a, size) for a in args), shape=_filled(expr.shape, size))
        case Pick(base=base):
            return replace(expr, base=settled(base, size), shape=_filled(expr.shape, size))
        case Bound(body=body):
            return replace(expr, body=settled(body, size), shape=_filled(expr.shape, size))
    return expr


def _filled(shape: Shape, size: Dim) -> Shape:
    return tuple(size if dim == OPEN else dim for dim in shape)


def beside_matrix(args: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The operands of an entrywise operator, open ones with the size of the first matrix among the others."""
    sizes = [a.shape[-1] for a in args if len(a.shape) >= 2 and not is_open(a)]
    return tuple(settled(a, sizes[0]) if is_open(a) and sizes else a for a in args)


def as_factors(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """The factors of a product, an open one with the size that the other asks for."""
    if is_open(left) and not is_open(right):
        left = settled(left, right.shape[0] if len(right.shape) == 1 else right.shape[-2])
    elif is_open(right) and not is_open(left):
        right = settled(right, left.shape[-1])
    return left, right
