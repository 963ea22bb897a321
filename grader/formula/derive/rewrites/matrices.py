"""Products of matrices and transposes: numbers come out, transposes go in."""

from __future__ import annotations

from grader.formula.derive import build as b
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr


def identity(node: Apply, scope: Scope) -> Expr | None:
    """I·A and A·I are A."""
    if node.op != "matmul":
        return None
    left, right = node.args
    if isinstance(left, Apply) and left.op == "eye":
        return right
    return left if isinstance(right, Apply) and right.op == "eye" else None


def turned_back(node: Apply, scope: Scope) -> Expr | None:
    """(AB)ᵀ = BᵀAᵀ, (xyᵀ)ᵀ = yxᵀ, (c·A)ᵀ = c·Aᵀ; I and diag(x) are their own transposes."""
    if node.op != "transpose" or not isinstance(node.args[0], Apply):
        return None
    inside = node.args[0]
    if inside.op == "eye" or (inside.op == "diag" and len(inside.shape) == 2):
        return inside
    if inside.op in {"mul", "div"} and inside.shape:
        left, right = inside.args
        if not right.shape:
            return b.apply(inside.op, b.transpose(left), right)
        return b.mul(left, b.transpose(right)) if inside.op == "mul" and not left.shape else None
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
