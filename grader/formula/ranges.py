"""Indices of sums: what may stand as an index or a limit, over which dimension one runs, how many terms there are."""

from __future__ import annotations

from fractions import Fraction

from grader.formula.symbols import Dim, Scope
from grader.formula.tree import Apply, Expr, Number, Pick, Variable, operands

MAX_TERMS = 2000  # of nested sums together
USUAL_RANGE = 10


def is_whole(part: Expr, scope: Scope) -> bool:
    """True where the expression can be an index or a limit: whole numbers, dimensions and indices with + - *."""
    match part:
        case Number(value=value):
            return value.denominator == 1
        case Variable(name=name, kind="constant"):
            constant = scope.constants[name]
            return isinstance(constant, Fraction) and constant.denominator == 1
        case Variable(kind=kind):
            return kind in {"dimension", "index"}
        case Apply(op="neg" | "add" | "sub" | "mul", args=args):
            return all(is_whole(a, scope) for a in args)
    return False


def index_range(index: str, body: Expr) -> Dim | None:
    """The dimension of the axis that an index picks from somewhere in the body, or None."""
    if isinstance(body, Pick):
        axes = iter(body.base.shape)
        for part in body.parts:
            dim = 1 if part == "new" else next(axes)
            if isinstance(part, Variable) and part.name == index:
                return dim
    for operand in operands(body):
        if (found := index_range(index, operand)) is not None:
            return found
    return None


def terms(low: Expr | None, high: Expr | None) -> int:
    """How many terms a sum has, taking every dimension and index for USUAL_RANGE."""
    if low is None or high is None:
        return USUAL_RANGE
    return max(1, _estimate(high) - _estimate(low) + 1)


def _estimate(limit: Expr) -> int:
    match limit:
        case Number(value=value):
            return int(value)
        case Apply(op="neg", args=(inside,)):
            return -_estimate(inside)
        case Apply(op=op, args=(left, right)):
            a, b = _estimate(left), _estimate(right)
            return {"add": a + b, "sub": a - b}.get(op, a * b)
    return USUAL_RANGE
