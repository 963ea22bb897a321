"""Sums over axes: constants come out, distributions sum to one, deviations from a mean to zero."""

from __future__ import annotations

from grader.formula.derive import build as b
from grader.formula.derive.rewrites.units import is_ones, zeros_like
from grader.formula.derive.terms import Term, product, written_term
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr, Variable


def constants_out(node: Apply, scope: Scope) -> Expr | None:
    """sum(c·x) is c·sum(x) where c is the same all along the axes that are summed; mean likewise."""
    if node.op not in {"sum", "mean"} or not isinstance(node.args[0], Apply):
        return None
    (inside,) = node.args
    term = product(inside)
    constant = {f: e for f, e in term.factors.items() if _is_constant(f, node)}
    varying = {f: e for f, e in term.factors.items() if f not in constant}
    if not varying or b.common(*(f.shape for f in varying)) != inside.shape:
        return None
    if not constant and term.coefficient == 1:
        return None
    total = b.rebuilt(node, (written_term(Term(factors=varying)),))
    return _multiplied(Term(term.coefficient, constant), total)


def _multiplied(by: Term, expr: Expr) -> Expr:
    """Their product, numbers before the expression and arrays after it; what `by` divides by may be the expression."""
    whole = by * Term(factors={expr: 1})
    before = {f: e for f, e in whole.factors.items() if f != expr and not f.shape}
    itself = {expr: whole.factors[expr]} if expr in whole.factors else {}
    after = {f: e for f, e in whole.factors.items() if f != expr and f.shape}
    return b.signed(by.coefficient, written_term(Term(by.coefficient, {**before, **itself, **after})))


def _is_constant(factor: Expr, node: Apply) -> bool:
    axis, shape = node.param("axis"), node.args[0].shape
    if not factor.shape:
        return True
    if axis is None or factor.row:
        return False
    rank, place = len(shape), len(factor.shape) + int(axis)
    if place < 0:
        return int(axis) == -rank or bool(node.param("keepdims"))
    return factor.shape[place] == 1 and bool(node.param("keepdims"))


def sum_over_count(node: Apply, scope: Scope) -> Expr | None:
    """sum(x)/N is mean(x) where N is how many there are."""
    if node.op not in {"mul", "div"}:
        return None
    term = product(node)
    for factor, exponent in term.factors.items():
        if isinstance(factor, Apply) and factor.op == "sum" and exponent == 1:
            (inside,) = factor.args
            axis = factor.param("axis")
            counts = [b.size(d) for d in (inside.shape if axis is None else (inside.shape[int(axis)],))]
            if all(term.factors.get(n) == -1 for n in counts) and len(set(counts)) == len(counts):
                mean = Apply("mean", factor.args, factor.shape, factor.row, factor.params)
                rest = {f: e for f, e in term.factors.items() if f not in counts}
                parts = {mean if f is factor else f: e for f, e in rest.items()}
                return b.signed(term.coefficient, written_term(Term(term.coefficient, parts)))
    return None


def sum_of_distribution(node: Apply, scope: Scope) -> Expr | None:
    """A distribution sums to 1: symbols declared so, and softmax; in a matrix each row is one."""
    if node.op != "sum":
        return None
    (inside,) = node.args
    axis = node.param("axis")
    if axis is None and len(inside.shape) == 1:
        axis = -1
    if axis is None or _normalised(inside, scope) != axis:
        return None
    return b.ones(node.shape, row=node.row)


def _normalised(expr: Expr, scope: Scope) -> int | None:
    """The axis along which the entries sum to 1, counted from the end."""
    if isinstance(expr, Variable) and expr.kind == "symbol" and expr.name in scope.symbols:
        return -1 if scope.symbols[expr.name].domain.kind in {"simplex", "one_hot"} else None
    expr = defined(expr, scope)
    if isinstance(expr, Apply) and expr.op == "softmax" and expr.shape:
        return -1 if len(expr.shape) == 1 else int(expr.param("axis") or -1)
    return None


def defined(expr: Expr, scope: Scope) -> Expr:
    """What a name of the program stands for; anything else as it is."""
    if isinstance(expr, Variable) and expr.kind == "definition" and expr.name in scope.definitions:
        return scope.definitions[expr.name].tree
    return expr


def sum_of_deviations(node: Apply, scope: Scope) -> Expr | None:
    """sum(x − mean(x)) is 0."""
    match node:
        case Apply(op="sum" | "mean", args=(Apply(op="sub", args=(whole, centre)),)):
            mean = defined(centre, scope)
            if isinstance(mean, Apply) and mean.op == "mean" and mean.args == (whole,):
                along = None if len(whole.shape) == 1 else mean.param("axis")
                own = None if len(whole.shape) == 1 else node.param("axis")
                return zeros_like(node) if along == own else None
    return None


def product_with_ones(node: Apply, scope: Scope) -> Expr | None:
    """xᵀ1 is sum(x), A1 sums the rows; 1ᵀA is not needed, since it is Aᵀ1."""
    if node.op == "inner":
        left, right = node.args
        if is_ones(right):
            return b.reduce("sum", left)
        return b.reduce("sum", right) if is_ones(left) else None
    if node.op == "matmul" and len(node.shape) == 1 and is_ones(node.args[1]) and len(node.args[0].shape) == 2:
        matrix = node.args[0]
        if isinstance(matrix, Apply) and matrix.op == "transpose":
            return b.reduce("sum", matrix.args[0], -2)
        return b.reduce("sum", matrix, -1)
    return None
