"""Vector-Jacobian rules: from the gradient at a node to the gradients at its operands, in matrix form.

g      the gradient that arrives, with the shape and the orientation of the node
y      the node's value, by its name where the line has one
Where max(x) or min(x) is attained more than once, every such entry gets the whole gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.formula.derive import build as b
from grader.formula.derive.entrywise import FLAT, ONE_ARGUMENT, TWO_ARGUMENTS, factor
from grader.formula.tree import Apply, Expr, Pick

Gradients = tuple[Expr | None, ...]  # one for each operand; None where nothing comes back
Rule = Callable[[Apply, Expr, Expr], Gradients]


class Underivable(Exception):
    """No rule leads through this operator."""


def operand_gradients(node: Apply, g: Expr, y: Expr) -> Gradients:
    """The gradients at the node's operands, each with the operand's shape. Raises `Underivable`."""
    if node.op in ENTRYWISE:
        return _entrywise(node, g, y)
    rule = RULES.get(node.op)
    if rule is None:
        raise Underivable(f"no derivative is known for {node.op}")
    return rule(node, g, y)


# ---- entrywise


def _entrywise(node: Apply, g: Expr, y: Expr) -> Gradients:
    if node.op == "where":
        return _where(node, g)
    return tuple(_through(node, i, g, y) for i in range(len(node.args)))


def _through(node: Apply, i: int, g: Expr, y: Expr) -> Expr | None:
    found, arg = factor(node, i, y), node.args[i]
    return None if found is None else b.summed_to(b.mul(g, found), arg.shape, row=arg.row)


def _where(node: Apply, g: Expr) -> Gradients:
    condition, left, right = node.args
    kept = b.apply("where", condition, g, b.ZERO), b.apply("where", condition, b.ZERO, g)
    return None, *(b.summed_to(k, a.shape, row=a.row) for k, a in zip(kept, (left, right), strict=True))


ENTRYWISE = FLAT | frozenset(ONE_ARGUMENT) | frozenset(TWO_ARGUMENTS) | {"where", "maximum", "minimum", "clip"}


# ---- reductions: `back` puts the reduced axes back, so that g broadcasts against the argument


def _axis(node: Apply) -> int | None:
    axis = node.param("axis")
    return None if axis is None else int(axis)


def _back(node: Apply, of: Expr) -> Expr:
    arg = node.args[0]
    return of if node.param("keepdims") else b.restored(of, _axis(node), arg.shape)


def _count(node: Apply) -> Expr:
    """How many entries are reduced to one."""
    shape, axis = node.args[0].shape, _axis(node)
    found = b.sizes(shape if axis is None else (shape[axis],)) or [b.ONE]
    return found[0] if len(found) == 1 else b.mul(found[0], *found[1:])


def _reduced(slope: Callable[[Apply, Expr, Expr], Expr]) -> Rule:
    def rule(node: Apply, g: Expr, y: Expr) -> Gradients:
        (x,) = node.args
        found = b.mul(_spread_back(node, g), slope(node, x, _spread_back(node, y)))
        return (found,)

    return rule


def _spread_back(node: Apply, of: Expr) -> Expr:
    (x,) = node.args
    return b.spread(_back(node, of), x.shape, row=x.row)


def _centred(node: Apply, x: Expr) -> Expr:
    axis = None if len(x.shape) == 1 else _axis(node)
    mean = b.reduce("mean", x, axis, keep=axis is not None and axis != -len(x.shape))
    return b.sub(x, mean)


def _along_sum(node: Apply, of: Expr) -> Expr:
    """The sum along the axis of a softmax, so that it broadcasts."""
    (x,), axis = node.args, _axis(node)
    if len(x.shape) == 1:
        return b.reduce("sum", of)
    return b.reduce("sum", of, axis, keep=axis is not None)


def _softmax(node: Apply, g: Expr, y: Expr) -> Gradients:
    if not node.shape:
        return (b.ZERO,)
    return (b.mul(y, b.sub(g, _along_sum(node, b.mul(g, y)))),)


def _log_softmax(node: Apply, g: Expr, y: Expr) -> Gradients:
    if not node.shape:
        return (b.ZERO,)
    soft = Apply("softmax", node.args, node.shape, node.row, node.params)
    return (b.sub(g, b.mul(soft, _along_sum(node, g))),)


def _logsumexp_slope(node: Apply, x: Expr, y: Expr) -> Expr:
    axis = -1 if len(x.shape) == 1 else _axis(node)
    if axis is None:
        return b.apply("exp", b.sub(x, y))
    return Apply("softmax", (x,), x.shape, x.row, (("axis", axis),))


def _norm_slope(node: Apply, x: Expr, y: Expr) -> Expr:
    return b.div(x, y)


# ---- products


def _matmul(node: Apply, g: Expr, y: Expr) -> Gradients:
    left, right = node.args
    if max(len(left.shape), len(right.shape)) > 2:
        return _stacked_matmul(left, right, g)
    if len(right.shape) == 1:
        return b.outer(g, right), b.matmul(b.transpose(left), g)
    if len(left.shape) == 1:
        return b.matmul(g, b.transpose(right)), b.outer(b.transpose(left), b.transpose(g))
    return b.matmul(g, b.transpose(right)), b.matmul(b.transpose(left), g)


def _stacked_matmul(left: Expr, right: Expr, g: Expr) -> Gradients:
    """Products of stacks of matrices, by sums over an axis of their own: the language has no transpose of these."""
    if min(len(left.shape), len(right.shape)) < 2:
        raise Underivable("a stack of matrices times a vector")
    to_left = b.reduce("sum", b.mul(_new(g, -2), _new(right, -3)), -1)
    to_right = b.reduce("sum", b.mul(_new(left, -1), _new(g, -2)), -3)
    return b.summed_to(to_left, left.shape), b.summed_to(to_right, right.shape)


def _new(of: Expr, axis: int) -> Expr:
    """The array with a new axis that will be the one counted so from the end."""
    rank = len(of.shape) + 1
    at = rank + axis
    parts: list[Expr | str | None] = [None] * (rank - 1)
    parts.insert(at, "new")
    while parts and parts[-1] is None:
        parts.pop()
    return Pick(of, tuple(parts), (*of.shape[:at], 1, *of.shape[at:]))


def _inner(node: Apply, g: Expr, y: Expr) -> Gradients:
    left, right = node.args
    return b.mul(g, right), b.mul(g, left)


def _outer(node: Apply, g: Expr, y: Expr) -> Gradients:
    left, right = node.args
    return b.matmul(g, right), b.matmul(b.transpose(g), left)


def _matpower(node: Apply, g: Expr, y: Expr) -> Gradients:
    (base,), power = node.args, int(node.param("power") or 0)
    if power == 0:
        return (None,)
    turned, total = b.transpose(base), None
    for before in range(power):
        term = g
        for _ in range(before):
            term = b.matmul(turned, term)
        for _ in range(power - 1 - before):
            term = b.matmul(term, turned)
        total = term if total is None else b.add(total, term)
    return (total,)


# ---- matrices


def _det(node: Apply, g: Expr, y: Expr) -> Gradients:
    return (b.mul(b.mul(g, y), b.transpose(b.special("inv", node.args[0]))),)


def _inv(node: Apply, g: Expr, y: Expr) -> Gradients:
    turned = b.transpose(y)
    return (b.neg(b.matmul(b.matmul(turned, g), turned)),)


def _stack(node: Apply, g: Expr, y: Expr) -> Gradients:
    found = [Pick(g, (b.number(i),), node.shape[1:]) for i in range(len(node.args))]
    return tuple(b.transpose(f) if a.row else f for f, a in zip(found, node.args, strict=True))


RULES: Mapping[str, Rule] = {
    "sum": _reduced(lambda node, x, y: b.ONE),
    "mean": _reduced(lambda node, x, y: b.div(b.ONE, _count(node))),
    "max": _reduced(lambda node, x, y: b.apply("eq", x, y)),
    "min": _reduced(lambda node, x, y: b.apply("eq", x, y)),
    "prod": _reduced(lambda node, x, y: b.div(y, x)),
    "var": _reduced(lambda node, x, y: b.div(b.mul(b.TWO, _centred(node, x)), _count(node))),
    "std": _reduced(lambda node, x, y: b.div(_centred(node, x), b.mul(_count(node), y))),
    "norm": _reduced(_norm_slope),
    "logsumexp": _reduced(_logsumexp_slope),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "matmul": _matmul,
    "inner": _inner,
    "outer": _outer,
    "matpower": _matpower,
    "transpose": lambda node, g, y: (b.transpose(g),),
    "diag": lambda node, g, y: (b.special("diag", g),),
    "diagonal": lambda node, g, y: (b.special("diag", g),),
    "trace": lambda node, g, y: (b.mul(g, b.eye(node.args[0].shape[0])),),
    "det": _det,
    "inv": _inv,
    "stack": _stack,
    "one_hot": lambda node, g, y: (None,),
    "ones": lambda node, g, y: (),
    "zeros": lambda node, g, y: (),
    "eye": lambda node, g, y: (),
}
