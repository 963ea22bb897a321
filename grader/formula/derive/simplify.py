"""The form that a textbook prints: named rules, each of which keeps the function, the shape and how a vector lies.

A rule takes a node whose operands are simplified, and returns what may stand in its place, or None. What is shorter
stays; a rule that lengthens is never followed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.formula.derive import build as b
from grader.formula.derive.terms import collected, is_sum, multiplied_out, product, written, written_term
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr, Number, Variable, operands

Rule = Callable[[Apply, Scope], Expr | None]
ROUNDS = 12
MOST_WEIGHT = 60  # names, numbers and operators of a sum or product that is still taken apart


def simplified(expr: Expr, scope: Scope | None = None) -> Expr:
    """The expression in its shortest form that the rules find; shape and orientation stay."""
    scope = scope or Scope()
    below = operands(expr)
    changed = tuple(simplified(o, scope) for o in below)
    if any(a is not b for a, b in zip(below, changed, strict=True)):
        expr = b.rebuilt(expr, changed)
    for _ in range(ROUNDS):
        shorter = _shorter(expr, scope)
        if shorter is None:
            break
        expr = shorter
    return expr


def _shorter(expr: Expr, scope: Scope) -> Expr | None:
    if not isinstance(expr, Apply):
        return None
    weight = b.weight(expr)
    for rule in RULES.values():
        if weight > MOST_WEIGHT and rule in COSTLY:
            continue
        found = rule(expr, scope)
        if found is None or found == expr or (found.shape, found.row) != (expr.shape, expr.row):
            continue
        if b.weight(found) < weight:
            return simplified(found, scope)
        if rule in SIDEWAYS:
            return found
    return None


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


def _zeros_like(node: Apply) -> Expr:
    return b.zeros(node.shape, row=node.row)


# ---- the rules


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


def repeated_number(node: Apply, scope: Scope) -> Expr | None:
    """(c·ones)·x is c·x where x has the shape: a number broadcasts by itself."""
    if node.op not in {"mul", "div", "add", "sub"}:
        return None
    for i, arg in enumerate(node.args):
        other = node.args[1 - i]
        if isinstance(arg, Apply) and arg.op == "mul" and other.shape == node.shape and node.shape:
            kept = [a for a in arg.args if not is_ones(a) or not a.shape]
            if len(kept) == 1 and not kept[0].shape:
                return b.apply(node.op, *((kept[0], other) if i == 0 else (other, kept[0])))
    return None


def times_zero(node: Apply, scope: Scope) -> Expr | None:
    """0·x and 0/x are 0, and so are products of matrices with zeros."""
    if node.op in {"mul", "matmul", "inner", "outer"} and any(map(is_zeros, node.args)):
        return _zeros_like(node)
    if node.op in {"div", "neg", "transpose", "sum", "mean"} and is_zeros(node.args[0]):
        return _zeros_like(node)
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


def cancelled(node: Apply, scope: Scope) -> Expr | None:
    """(a/b)·b is a; numbers are multiplied, equal factors become powers."""
    if node.op not in {"mul", "div"}:
        return None
    term = product(node)
    if not term.coefficient:
        return _zeros_like(node)
    found = written_term(term)
    return b.neg(found) if term.coefficient < 0 else found


def distributed(node: Apply, scope: Scope) -> Expr | None:
    """y·(1 − t/y) is y − t: a factor goes into a sum where it cancels."""
    term = product(node) if node.op in {"mul", "div", "neg"} else None
    if term is None:
        return None
    for factor, exponent in term.factors.items():
        if exponent == 1 and is_sum(factor):
            rest = {f: e for f, e in term.factors.items() if f is not factor}
            inside = [type(term)(term.coefficient, rest) * t for t in multiplied_out(factor, below=0) or []]
            return written(collected(inside))
    return None


def expanded(node: Apply, scope: Scope) -> Expr | None:
    """y·(1 − t) − t·(1 − y) is y − t: like terms are added up."""
    if node.op not in {"add", "sub", "mul", "neg"}:
        return None
    terms = multiplied_out(node)
    return None if terms is None else written(terms)


def sum_of_multiple(node: Apply, scope: Scope) -> Expr | None:
    """sum(c·x) is c·sum(x) for a number c; mean likewise."""
    if node.op not in {"sum", "mean"} or not isinstance(node.args[0], Apply):
        return None
    inside = node.args[0]
    if inside.op == "mul":
        left, right = inside.args
        if not left.shape and right.shape == inside.shape:
            return b.mul(left, b.rebuilt(node, (right,)))
        if not right.shape and left.shape == inside.shape:
            return b.mul(right, b.rebuilt(node, (left,)))
    if inside.op == "div" and not inside.args[1].shape:
        return b.div(b.rebuilt(node, (inside.args[0],)), inside.args[1])
    return None


def sum_of_simplex(node: Apply, scope: Scope) -> Expr | None:
    """A distribution sums to 1: symbols declared so, and softmax."""
    if node.op != "sum" or len(node.args[0].shape) != 1:
        return None
    inside = node.args[0]
    if isinstance(inside, Apply) and inside.op == "softmax":
        return b.ONE
    if isinstance(inside, Variable) and inside.kind == "definition" and inside.name in scope.definitions:
        tree = scope.definitions[inside.name].tree
        return b.ONE if isinstance(tree, Apply) and tree.op == "softmax" else None
    declared = scope.symbols.get(inside.name) if isinstance(inside, Variable) and inside.kind == "symbol" else None
    return b.ONE if declared is not None and declared.domain.kind in {"simplex", "one_hot"} else None


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


def identity(node: Apply, scope: Scope) -> Expr | None:
    """I·A and A·I are A."""
    if node.op != "matmul":
        return None
    left, right = node.args
    if isinstance(left, Apply) and left.op == "eye":
        return right
    return left if isinstance(right, Apply) and right.op == "eye" else None


def turned_back(node: Apply, scope: Scope) -> Expr | None:
    """(AB)ᵀ with a transpose inside, (xyᵀ)ᵀ = yxᵀ, and (−A)ᵀ."""
    if node.op != "transpose" or not isinstance(node.args[0], Apply):
        return None
    inside = node.args[0]
    if inside.op == "outer":
        return b.outer(inside.args[1], inside.args[0])
    if inside.op == "matmul" and len(inside.shape) == 2 and all(len(a.shape) == 2 for a in inside.args):
        return b.matmul(b.transpose(inside.args[1]), b.transpose(inside.args[0]))
    return None


def scalar_out(node: Apply, scope: Scope) -> Expr | None:
    """A(c·x) is c·(Ax) for a number c, so that numbers stand in front."""
    if node.op not in {"matmul", "outer", "inner"}:
        return None
    for i, arg in enumerate(node.args):
        if isinstance(arg, Apply) and arg.op in {"mul", "div"} and arg.shape:
            numbers = [a for a in arg.args if not a.shape]
            if len(numbers) == 1 and not (arg.op == "div" and arg.args[0] is numbers[0]):
                rest = next(a for a in arg.args if a.shape)
                if rest.shape == arg.shape:
                    args = (rest, node.args[1]) if i == 0 else (node.args[0], rest)
                    whole = b.rebuilt(node, args)
                    return b.mul(numbers[0], whole) if arg.op == "mul" else b.div(whole, numbers[0])
    return None


RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        times_zero,
        times_one,
        plus_zero,
        repeated_number,
        signs,
        scalar_out,
        identity,
        product_with_ones,
        turned_back,
        sum_of_simplex,
        sum_of_multiple,
        cancelled,
        distributed,
        expanded,
    )
}
COSTLY: frozenset[Rule] = frozenset({cancelled, distributed, expanded})
SIDEWAYS: frozenset[Rule] = frozenset({signs, turned_back, scalar_out, sum_of_multiple, repeated_number})
"""Rules that need not shorten: each can be followed only finitely often, since what it moves only moves outward."""
