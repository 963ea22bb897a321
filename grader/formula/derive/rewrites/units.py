"""Ones and zeros: what is multiplied by the one or added to the other goes away."""

from __future__ import annotations

from grader.formula.derive import build as b
from grader.formula.derive.terms import Term, product, written_term
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr, Number


def is_number(expr: Expr, value: int) -> bool:
    return isinstance(expr, Number) and expr.value == value


def is_ones(expr: Expr) -> bool:
    if isinstance(expr, Apply) and expr.op == "transpose":
        return is_ones(expr.args[0])
    return is_number(expr, 1) or (isinstance(expr, Apply) and expr.op == "ones")


def is_zeros(expr: Expr) -> bool:
    if isinstance(expr, Apply) and expr.op == "transpose":
        return is_zeros(expr.args[0])
    return is_number(expr, 0) or (isinstance(expr, Apply) and expr.op == "zeros")


def zeros_like(node: Apply) -> Expr:
    """Zeros that may stand in the node's place."""
    return b.zeros(node.shape, row=node.row)


def times_one(node: Apply, scope: Scope) -> Expr | None:
    """1·x, x·1, x/1, x¹ are x; ones of a shape that x has already are 1."""
    if node.op == "mul":
        left, right = node.args
        if is_ones(left) and right.shape == node.shape:
            return right
        return left if is_ones(right) and left.shape == node.shape else None
    if node.op in {"div", "pow"} and is_number(node.args[1], 1):
        return node.args[0]
    return None


def times_zero(node: Apply, scope: Scope) -> Expr | None:
    """0·x and 0/x are 0, and so are products of matrices with zeros."""
    if node.op in {"mul", "matmul", "inner", "outer"} and any(map(is_zeros, node.args)):
        return zeros_like(node)
    if node.op in {"div", "neg", "transpose", "sum", "mean"} and is_zeros(node.args[0]):
        return zeros_like(node)
    return None


def plus_zero(node: Apply, scope: Scope) -> Expr | None:
    """x + 0, 0 + x and x − 0 are x; 0 − x is −x."""
    if node.op not in {"add", "sub"}:
        return None
    left, right = node.args
    if is_zeros(right):
        return left
    if is_zeros(left):
        return right if node.op == "add" else b.neg(right)
    return None


def ones_in_product(node: Apply, scope: Scope) -> Expr | None:
    """c·ones·x is c·x where the rest has the shape by itself."""
    if node.op not in {"mul", "div"} or not node.shape:
        return None
    term = product(node)
    rest = {factor: e for factor, e in term.factors.items() if not (is_ones(factor) and factor.shape)}
    if len(rest) == len(term.factors) or not rest or b.common(*(f.shape for f in rest)) != node.shape:
        return None
    return b.signed(term.coefficient, written_term(Term(term.coefficient, rest)))


def ones_in_sum(node: Apply, scope: Scope) -> Expr | None:
    """c·ones + x is c + x where x has the shape: what lacks an axis is repeated along it anyway."""
    if node.op not in {"add", "sub"}:
        return None
    for i, arg in enumerate(node.args):
        other = node.args[1 - i]
        if other.shape != node.shape or not arg.shape or is_ones(other):
            continue
        term = product(arg)
        rest = {factor: e for factor, e in term.factors.items() if not (is_ones(factor) and factor.shape)}
        if len(rest) < len(term.factors):
            bare = b.signed(term.coefficient, written_term(Term(term.coefficient, rest)))
            return b.apply(node.op, *((bare, other) if i == 0 else (other, bare)))
    return None
