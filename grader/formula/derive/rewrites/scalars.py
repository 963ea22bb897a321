"""Sums, products, signs and powers of entries: what a pencil does with numbers."""

from __future__ import annotations

from fractions import Fraction

from grader.formula.derive import build as b
from grader.formula.derive.rewrites.units import zeros_like
from grader.formula.derive.terms import Term, addends, collected, is_sum, multiplied_out, product, written, written_term
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr


def signs(node: Apply, scope: Scope) -> Expr | None:
    """−(−x) is x; a minus inside a product comes before it; a + (−b) is a − b."""
    match node:
        case Apply(op="neg", args=(Apply(op="neg", args=(inner,)),)):
            return inner
        case Apply(op="neg", args=(Apply(op="sub", args=(left, right)),)):
            return b.sub(right, left)
        case Apply(op="add", args=(left, Apply(op="neg", args=(right,)))):
            return b.sub(left, right)
        case Apply(op="sub", args=(left, Apply(op="neg", args=(right,)))):
            return b.add(left, right)
        case Apply(op="add", args=(Apply(op="neg", args=(left,)), right)):
            return b.sub(right, left)
        case Apply(op="matmul" | "inner" | "outer" | "div" | "mul") | Apply(op="transpose" | "sum" | "mean"):
            return _minus_out(node)
    return None


def _minus_out(node: Apply) -> Expr | None:
    bare = tuple(a.args[0] if isinstance(a, Apply) and a.op == "neg" else a for a in node.args)
    turned = sum(a is not c for a, c in zip(node.args, bare, strict=True))
    if not turned:
        return None
    rest = b.rebuilt(node, bare)
    return rest if turned % 2 == 0 else b.neg(rest)


def in_a_row(node: Apply, scope: Scope) -> Expr | None:
    """a·(b·c) is a·b·c, a·(b/c) is a·b/c."""
    match node:
        case Apply(op="mul", args=(left, Apply(op="mul" | "div" as op, args=(first, second)))):
            return b.apply(op, b.mul(left, first), second)
    return None


def cancelled(node: Apply, scope: Scope) -> Expr | None:
    """(a/b)·b is a; numbers are multiplied, equal factors become powers, squares of roots what was below the root."""
    if node.op not in {"mul", "div", "pow"}:
        return None
    term = _rooted(product(node))
    if not term.coefficient:
        return zeros_like(node)
    return b.signed(term.coefficient, written_term(term))


def _rooted(term: Term) -> Term:
    """Squares of roots are what was below the root; √a/a is 1/√a."""
    result = Term(term.coefficient)
    for factor, exponent in term.factors.items():
        if isinstance(factor, Apply) and factor.op == "sqrt":
            (inside,) = factor.args
            exponent -= 2 * (whole := int(exponent / 2))
            if exponent * term.factors.get(inside, 0) < 0:  # each takes one of the other away
                whole, exponent = whole + exponent, -exponent
            result = result * Term(factors={inside: whole})
        result = result * Term(factors={factor: exponent} if exponent else {})
    return result


def distributed(node: Apply, scope: Scope) -> Expr | None:
    """y·(1 − t/y) is y − t: a factor goes into a sum where it cancels."""
    term = product(node) if node.op in {"mul", "div", "neg"} else None
    if term is None:
        return None
    for factor, exponent in term.factors.items():
        if exponent == 1 and is_sum(factor):
            rest = {f: e for f, e in term.factors.items() if f is not factor}
            inside = [Term(term.coefficient, rest) * t for t in multiplied_out(factor, below=0) or []]
            return written(collected(inside))
    return None


def expanded(node: Apply, scope: Scope) -> Expr | None:
    """y·(1 − t) − t·(1 − y) is y − t: like terms are added up."""
    if node.op not in {"add", "sub", "mul", "neg"}:
        return None
    terms = multiplied_out(node)
    return None if terms is None else written(terms)


def factored_out(node: Apply, scope: Scope) -> Expr | None:
    """a/N − b/N is (a − b)/N, 2·a + 2·b is 2·(a + b)."""
    if node.op not in {"add", "sub"}:
        return None
    terms = [Term(Fraction(sign)) * product(addend) for sign, addend in addends(node)]
    sizes = {abs(term.coefficient) for term in terms}
    common = {f: e for f, e in terms[0].factors.items() if all(t.factors.get(f) == e for t in terms)}
    size = sizes.pop() if len(sizes) == 1 else Fraction(1)
    if not common and size == 1:
        return None
    shared = Term(size, common)
    rest = collected([term * shared.inverse() for term in terms if term.coefficient])
    inside = written(rest)
    return written_term(shared * Term(factors={inside: 1})) if is_sum(inside) else None
