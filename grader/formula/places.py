"""Places in a tree: every node with its path, and the tree with another node at a path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from grader.formula.tree import Apply, Bound, Expr, Pick

Path = tuple[int, ...]


def nodes(tree: Expr, path: Path = ()) -> Iterator[tuple[Path, Expr]]:
    """Every node with its path of argument numbers, outermost first, without those of indices and limits."""
    yield path, tree
    match tree:
        case Apply(args=args):
            for i, arg in enumerate(args):
                yield from nodes(arg, (*path, i))
        case Bound(body=inside) | Pick(base=inside):
            yield from nodes(inside, (*path, 0))


def put(tree: Expr, path: Path, node: Expr) -> Expr:
    """The tree with the node at a path replaced by one of the same shape."""
    if not path:
        return node
    first, rest = path[0], path[1:]
    match tree:
        case Apply(args=args):
            return replace(tree, args=(*args[:first], put(args[first], rest, node), *args[first + 1 :]))
        case Bound(body=body):
            return replace(tree, body=put(body, rest, node))
        case Pick(base=base):
            return replace(tree, base=put(base, rest, node))
    raise ValueError(f"{tree} has nothing inside")
