"""Typed trees put together without text: each function is the operator of its name, with the reader's shape rules."""

from __future__ import annotations

from fractions import Fraction

from grader.formula import calls, products
from grader.formula.shapes import broadcast
from grader.formula.symbols import Dim, Shape
from grader.formula.tree import NOWHERE, Apply, Bound, Expr, Number, Pick, Variable, operands

ZERO, ONE, TWO = (Number(Fraction(n)) for n in (0, 1, 2))


def number(value: int | Fraction) -> Expr:
    """The exact number: minus signs and thirds are operators, as in a text that is read."""
    value = Fraction(value)
    if value < 0:
        return neg(number(-value))
    if _is_decimal(value):
        return Number(value)
    return div(Number(Fraction(value.numerator)), Number(Fraction(value.denominator)))


def _is_decimal(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1 and value.denominator <= 1000


def apply(op: str, *args: Expr) -> Expr:
    """An entrywise operator or function, broadcast."""
    return products.entrywise(op, args, NOWHERE)


def add(left: Expr, right: Expr) -> Expr:
    return apply("add", left, right)


def sub(left: Expr, right: Expr) -> Expr:
    return apply("sub", left, right)


def mul(left: Expr, right: Expr, *more: Expr) -> Expr:
    result = apply("mul", left, right)
    return mul(result, *more) if more else result


def div(left: Expr, right: Expr) -> Expr:
    return apply("div", left, right)


def neg(arg: Expr) -> Expr:
    return Apply("neg", (arg,), arg.shape, arg.row)


def signed(sign: int | Fraction, expr: Expr) -> Expr:
    """The expression, with a minus where the sign is negative."""
    return neg(expr) if sign < 0 else expr


def power(base: Expr, exponent: Expr | int) -> Expr:
    return apply("pow", base, number(exponent) if isinstance(exponent, int) else exponent)


def transpose(arg: Expr) -> Expr:
    return products.transpose(arg, NOWHERE)


def standing(arg: Expr) -> Expr:
    return products.standing(arg, NOWHERE)


def matmul(left: Expr, right: Expr) -> Expr:
    return products.matmul(left, right, NOWHERE, [])


def inner(left: Expr, right: Expr) -> Expr:
    return products.inner(left, right, NOWHERE)


def outer(left: Expr, right: Expr) -> Expr:
    return products.outer(left, right, NOWHERE)


def special(name: str, *args: Expr) -> Expr:
    return calls.special(name, args, NOWHERE, [])


def reduce(name: str, arg: Expr, axis: int | None = None, *, keep: bool = False) -> Expr:
    """A reduction such as `sum`, over one axis counted from the end, or over all."""
    place = None if axis is None else number(axis)
    return calls.over_axis(name, arg, place, keep, NOWHERE)


def ones(shape: Shape, *, row: bool = False) -> Expr:
    """Ones of that shape; the number 1 for the shape of a scalar."""
    result = Apply("ones", (), shape) if shape else ONE
    return transpose(result) if row else result


def zeros(shape: Shape, *, row: bool = False) -> Expr:
    result = Apply("zeros", (), shape) if shape else ZERO
    return transpose(result) if row else result


def eye(dim: Dim) -> Expr:
    return Apply("eye", (), (dim, dim))


def one_hot(position: Expr, dim: Dim) -> Expr:
    return Apply("one_hot", (position,), (dim,))


def size(dim: Dim) -> Expr:
    """A dimension as a number."""
    if isinstance(dim, int):
        return number(dim)
    factors = [number(int(d)) if d.isdigit() else Variable(d, "dimension") for d in dim.split("*")]
    return factors[0] if len(factors) == 1 else mul(*factors)


def sizes(shape: Shape) -> list[Expr]:
    return [size(dim) for dim in shape if dim != 1]


def spread(arg: Expr, shape: Shape, *, row: bool = False) -> Expr:
    """The expression repeated along the axes it lacks, by a product with ones."""
    if arg.shape == shape:
        return arg
    return mul(arg, ones(shape, row=row))


def restored(arg: Expr, axis: int | None, shape: Shape) -> Expr:
    """What a reduction of that shape left, with its axis put back as one of size 1. axis: from the end."""
    if axis is None or len(shape) == 1:
        return arg  # a number broadcasts as it is
    if axis == -len(shape):
        return arg  # so does what lacks the first axis
    parts: list[Expr | str | None] = [None] * (len(shape) + axis)
    return Pick(arg, (*parts, "new", *[None] * (-axis - 1)), (*shape[:axis], 1, *_behind(shape, axis)))


def _behind(shape: Shape, axis: int) -> Shape:
    return shape[len(shape) + axis + 1 :]


def summed_to(arg: Expr, shape: Shape, *, row: bool = False) -> Expr:
    """The expression summed over the axes along which an operand of that shape was repeated."""
    while len(arg.shape) > len(shape):
        arg = reduce("sum", arg, -len(arg.shape)) if shape else reduce("sum", arg)
    for axis in range(-len(shape), 0):
        if shape[axis] == 1 and arg.shape[axis] != 1:
            arg = reduce("sum", arg, axis, keep=True)
    return transpose(arg) if row and not arg.row and len(arg.shape) == 1 else arg


def common(*shapes: Shape) -> Shape:
    """The broadcast shape; they are known to fit."""
    found = broadcast(*shapes)
    assert found is not None
    return found


def rebuilt(expr: Expr, below: tuple[Expr, ...]) -> Expr:
    """The node over other operands of the same shapes."""
    match expr:
        case Apply():
            return Apply(expr.op, below, expr.shape, expr.row, expr.params)
        case Pick():
            rest = iter(below[1:])
            parts = tuple(p if p is None or isinstance(p, str) else next(rest) for p in expr.parts)
            return Pick(below[0], parts, expr.shape, expr.subscript, expr.first, expr.row)
        case Bound():
            low, high = (None, None) if expr.low is None else below[1:]
            return Bound(expr.op, below[0], expr.index, low, high, expr.shape, expr.row)
    return expr


def substituted(expr: Expr, values: dict[str, Expr]) -> Expr:
    """The tree with expressions of the same shape put in for names."""
    if isinstance(expr, Variable):
        return values.get(expr.name, expr) if expr.kind != "index" else expr
    below = operands(expr)
    changed = tuple(substituted(o, values) for o in below)
    return expr if all(a is b for a, b in zip(below, changed, strict=True)) else rebuilt(expr, changed)


def weight(expr: Expr) -> int:
    """How long the formula is: its names, numbers and operators."""
    return 1 + sum(map(weight, operands(expr)))
