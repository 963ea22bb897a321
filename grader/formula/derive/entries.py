"""Gradients through picked entries and through sums and products over an index."""

from __future__ import annotations

from collections.abc import Mapping

from grader.formula.derive import build as b
from grader.formula.derive.rules import Underivable
from grader.formula.ranges import index_range
from grader.formula.symbols import Dim
from grader.formula.tree import Bound, Expr, Number, Pick, Variable, operands

INDEX_LETTERS = "ijklmnpqrsu"


def pick_gradient(node: Pick, g: Expr, whole: frozenset[str]) -> Expr:
    """The gradient at the base of `x[i]`: g where the entry stood, 0 elsewhere.

    whole: the indices in force that run over a whole dimension, and so count from 0 in every spelling.
    """
    parts = [*node.parts, *[None] * (len(node.base.shape) - sum(p != "new" for p in node.parts))]
    for axis in [i for i, part in enumerate(p for p in parts if p is None or p == "new") if part == "new"][::-1]:
        g = b.reduce("sum", g, axis - len(g.shape)) if len(g.shape) > 1 else b.reduce("sum", g)
    kept = [part for part in parts if part != "new"]
    if all(part is None for part in kept):
        return g
    return _placed(g, kept, node, whole)


def _placed(g: Expr, kept: list[Expr | str | None], node: Pick, whole: frozenset[str]) -> Expr:
    shape = node.base.shape
    marks = [
        (axis, _position(p, node, whole)) for axis, p in enumerate(kept) if p is not None and not isinstance(p, str)
    ]
    if len(shape) == 1:
        return b.mul(g, b.one_hot(marks[0][1], shape[0]))
    if len(shape) == 2 and len(marks) == 2:
        return b.mul(g, b.outer(*(b.one_hot(at, shape[axis]) for axis, at in marks)))
    if len(shape) == 2:
        axis, at = marks[0]
        hot = b.one_hot(at, shape[axis])
        return b.outer(hot, g) if axis == 0 else b.outer(g, hot)
    raise Underivable("entries of an array with more than two axes")


def _position(part: Expr, node: Pick, whole: frozenset[str]) -> Expr:
    """The entry's place counted from 0."""
    if node.first == 0 or _names(part) & whole:
        return part
    if isinstance(part, Number):
        return b.number(part.value - node.first)
    return b.sub(part, b.number(node.first))


def _names(expr: Expr) -> frozenset[str]:
    own = {expr.name} if isinstance(expr, Variable) and expr.kind == "index" else set()
    return frozenset(own).union(*map(_names, operands(expr)))


def is_whole_range(node: Bound) -> bool:
    """True where the index runs over its whole dimension and no limits are written."""
    return node.low is None or node.high is None


def summed(found: Expr, node: Bound, indices: Mapping[str, Dim]) -> Expr:
    """The contribution of one index value, summed over the index as in the node."""
    if node.index not in _names(found):
        return b.mul(found, _count(node, indices))
    if is_whole_range(node) and node.index not in indices and index_range(node.index, found) is None:
        dim = index_range(node.index, node.body)
        assert dim is not None
        return Bound("Sum", found, node.index, b.ZERO, b.sub(b.size(dim), b.ONE), found.shape, found.row)
    return Bound("Sum", found, node.index, node.low, node.high, found.shape, found.row)


def _count(node: Bound, indices: Mapping[str, Dim]) -> Expr:
    if node.low is None or node.high is None:
        dim = indices.get(node.index) or index_range(node.index, node.body)
        assert dim is not None
        return b.size(dim)
    if isinstance(node.low, Number) and isinstance(node.high, Number):
        return b.number(node.high.value - node.low.value + 1)
    return b.add(b.sub(node.high, node.low), b.ONE)


def own_index(node: Expr, g: Expr, taken: frozenset[str]) -> Expr:
    """The node, its index renamed where the upstream gradient uses one of that name.

    taken: names that an index may not have. Raises `Underivable` where every letter is in use.
    """
    if not isinstance(node, Bound) or node.index not in _names(g):
        return node
    used = _names(g) | _names(node) | taken
    free = next((letter for letter in INDEX_LETTERS if letter not in used), "")
    if not free:
        raise Underivable("more nested sums than there are letters for their indices")
    body, *limits = (renamed(o, node.index, Variable(free, "index")) for o in operands(node))
    low, high = limits or (None, None)
    return Bound(node.op, body, free, low, high, node.shape, node.row)


def renamed(expr: Expr, index: str, new: Variable) -> Expr:
    """The expression with another index in the place of one."""
    if isinstance(expr, Variable):
        return new if expr.kind == "index" and expr.name == index else expr
    if isinstance(expr, Bound) and expr.index == index:
        return expr
    below = operands(expr)
    changed = tuple(renamed(o, index, new) for o in below)
    return expr if changed == below else b.rebuilt(expr, changed)


def body_gradient(node: Bound, g: Expr, y: Expr) -> Expr:
    """The gradient at the body for one index value."""
    g = b.spread(g, node.shape, row=node.row)
    return g if node.op == "Sum" else b.div(b.mul(g, y), node.body)
