"""Shapes of results: broadcasting and products, with named dimensions.

A dimension of size 1 broadcasts; two named dimensions are the same only where their names are.
"""

from __future__ import annotations

from grader.formula.symbols import Dim, Shape


def broadcast(*shapes: Shape) -> Shape | None:
    """The common shape, aligned on the last axes as in NumPy; None where two dimensions disagree."""
    rank = max(len(s) for s in shapes)
    padded = [(1,) * (rank - len(s)) + s for s in shapes]
    result: list[Dim] = []
    for dims in zip(*padded, strict=True):
        sizes = {d for d in dims if d != 1}
        if len(sizes) > 1:
            return None
        result.append(sizes.pop() if sizes else 1)
    return tuple(result)


def reduced(shape: Shape, axis: int | None, keep: bool) -> Shape:
    """The shape left after reducing one axis (or all, for None)."""
    if axis is None:
        return (1,) * len(shape) if keep else ()
    axis %= len(shape)
    middle: Shape = (1,) if keep else ()
    return shape[:axis] + middle + shape[axis + 1 :]


def times(left: Dim, right: Dim) -> Dim:
    """The product of two dimensions; of names a name such as `D*N`, in the order of the alphabet."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if 1 in (left, right):
        return right if left == 1 else left
    return "*".join(sorted([*str(left).split("*"), *str(right).split("*")]))


def shape_text(shape: Shape, row: bool = False) -> str:
    """The shape in words: `a scalar`, `a vector of K`, `N × D`."""
    if not shape:
        return "a scalar"
    if len(shape) == 1:
        return f"a row of {shape[0]}" if row else f"a vector of {shape[0]}"
    return " × ".join(str(d) for d in shape)
