"""Indices of sums: what may stand as an index or a limit, over which dimension one runs, how many terms there are."""

from __future__ import annotations

from fractions import Fraction

from grader.formula.symbols import Dim, Scope
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable, operands

MAX_TERMS = 2000  # of nested sums together
MOST_EFFORT = 40_000  # scalar steps of one evaluation
USUAL_RANGE = 10
USUAL_SIZE = 5


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


def first_of(index: str, body: Expr) -> int | None:
    """The number that the index counts from, where it only picks entries and is compared with other indices.

    None where it is also used as a number, or counts from 0 in one place and from 1 in another.
    """
    firsts: set[int] = set()
    if not _only_picks(index, body, firsts):
        return None
    return firsts.pop() if len(firsts) == 1 else None


def _only_picks(index: str, body: Expr, firsts: set[int]) -> bool:
    if isinstance(body, Variable):
        return body.name != index
    if isinstance(body, Pick):
        for part in body.parts:
            if isinstance(part, Variable) and part.name == index:
                firsts.add(body.first)
            elif part is not None and not isinstance(part, str) and not _only_picks(index, part, firsts):
                return False
        return _only_picks(index, body.base, firsts)
    if isinstance(body, Apply) and body.op in {"eq", "ne"} and all(_is_index(a) for a in body.args):
        return True
    return all(_only_picks(index, operand, firsts) for operand in operands(body))


def _is_index(expr: Expr) -> bool:
    return isinstance(expr, Variable) and expr.kind == "index"


def effort(expr: Expr) -> int:
    """About how many scalar steps one evaluation takes, with USUAL_SIZE entries along each axis."""
    if isinstance(expr, Variable):
        return 1
    own: int = USUAL_SIZE ** len(expr.shape)
    below = sum(map(effort, operands(expr)))
    if isinstance(expr, Bound):
        return own + terms(expr.low, expr.high) * below
    if isinstance(expr, Apply) and expr.op in {"det", "inv", "matmul"}:
        own *= USUAL_SIZE**2
    return own + below


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
