"""One entry of a gradient, as an indexed sum: `Sum(g[i]*x[i+j], i)` for a convolution's dL/dw[j]."""

from __future__ import annotations

from grader.formula.derive import build as b
from grader.formula.derive.entries import renamed
from grader.formula.derive.simplify import Simplifier
from grader.formula.derive.terms import Term, product, written_term
from grader.formula.functions import FUNCTIONS
from grader.formula.reading import Formula
from grader.formula.symbols import Dim, Scope
from grader.formula.tree import Apply, Bound, Expr, Number, Pick, Variable, operands

OPERATORS = frozenset({"add", "sub", "mul", "div", "pow", "neg", "eq", "lt", "le", "gt", "ge", "ne"})
"""What works entry by entry, beside the functions that do."""


def entry(formula: Formula, *indices: str) -> Formula:
    """The entry of a vector or matrix at free indices of its scope, one for each axis, each counted from 0.

    Raises ValueError where there is not one index for each axis, KeyError for an index that the scope lacks.
    """
    scope = formula.scope
    if len(indices) != len(formula.shape):
        axes = len(formula.shape)
        raise ValueError(f"came {len(indices)} indices, expected {axes}: one for each axis of {formula.text()}")
    if formula.tree.row:
        raise ValueError(f"{formula.text()} is a row; its entries are those of the vector that stands")
    simplify = Simplifier(scope)
    at = tuple(Variable(name, "index") for name in indices if scope.indices[name])
    return Formula(simplify(_collapsed(simplify(_picked(formula.tree, at)), scope)), scope)


def _picked(expr: Expr, at: tuple[Expr, ...]) -> Expr:
    """The entry at a position, written with entries of what the expression is made of where that is known."""
    match expr:
        case Bound(op="Sum"):
            return Bound("Sum", _picked(expr.body, at), expr.index, expr.low, expr.high, ())
        case Apply(op="one_hot", args=(place,)):
            return b.special("delta", place, at[0])
        case Apply(op="outer", args=(left, right)):
            return b.mul(_picked(left, at[:1]), _picked(right, at[1:]))
        case Apply(op="ones" | "zeros"):
            return b.ONE if expr.op == "ones" else b.ZERO
        case Apply(op=op, args=args) if _is_entrywise(op) and all(_lies_along(a, expr) for a in args):
            below = tuple(_picked(a, at) if a.shape else a for a in args)
            return Apply(op, below, (), params=expr.params)
    return Pick(expr, at, ())


def _is_entrywise(op: str) -> bool:
    return op in OPERATORS or (op in FUNCTIONS and FUNCTIONS[op].kind == "entrywise")


def _lies_along(arg: Expr, whole: Expr) -> bool:
    """True where the operand is a number or has the whole's shape, so that no entry of it is repeated."""
    return not arg.shape or (arg.shape == whole.shape and not arg.row)


def _collapsed(expr: Expr, scope: Scope) -> Expr:
    """Sum(f(k)·δ(k, j), k) is f(j) where k runs over all that j can be."""
    below = tuple(_collapsed(o, scope) for o in operands(expr))
    if below != operands(expr):
        expr = b.rebuilt(expr, below)
    if not isinstance(expr, Bound) or expr.op != "Sum":
        return expr
    term = product(expr.body)
    for factor, exponent in term.factors.items():
        place = _meeting(factor, expr.index) if exponent == 1 else None
        if place is None or not _covers(expr, scope.indices.get(place.name)):
            continue
        rest = {f: e for f, e in term.factors.items() if f is not factor}
        body = b.signed(term.coefficient, written_term(Term(term.coefficient, rest)))
        return renamed(body, expr.index, place)
    return expr


def _meeting(factor: Expr, index: str) -> Variable | None:
    """The free index that δ says the bound one equals."""
    match factor:
        case Apply(op="eq", args=(Variable(kind="index") as left, Variable(kind="index") as right)):
            if left.name == index:
                return right
            return left if right.name == index else None
    return None


def _covers(node: Bound, dim: Dim | None) -> bool:
    """True where the sum runs from 0 to the last entry along the dimension."""
    if dim is None or node.high is None:
        return False
    last = b.number(dim - 1) if isinstance(dim, int) else b.sub(b.size(dim), b.ONE)
    return isinstance(node.low, Number) and node.low.value == 0 and node.high == last
