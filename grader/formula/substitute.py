"""A formula with names replaced by other formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.formula.tree import Apply, Bound, Expr, Pick, Variable


def substituted(tree: Expr, by: Mapping[str, Expr]) -> Expr:
    """The tree with each variable of those names replaced; shapes must agree, and bound indices are left alone."""
    match tree:
        case Variable(name=name):
            return by.get(name, tree)
        case Apply(args=args):
            return replace(tree, args=tuple(substituted(a, by) for a in args))
        case Pick(base=base, parts=parts):
            inside = tuple(p if p is None or isinstance(p, str) else substituted(p, by) for p in parts)
            return replace(tree, base=substituted(base, by), parts=inside)
        case Bound(body=body, index=index, low=low, high=high):
            free = {name: expr for name, expr in by.items() if name != index}
            limits = (limit if limit is None else substituted(limit, by) for limit in (low, high))
            low, high = limits
            return replace(tree, body=substituted(body, free), low=low, high=high)
    return tree
