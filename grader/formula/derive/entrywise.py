"""Derivatives of the entrywise functions: for each argument the factor that its gradient picks up.

x, a, b     the arguments
y           the value, by its name where the line has one, so that sigmoid gives y*(1 - y)
At a kink (relu, abs, max, min, clip, where at equal arguments) the factor is 0; steps are flat everywhere.
None        nothing comes back: comparisons, sign, floor, ceil
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from grader.formula.derive.build import ONE, TWO, ZERO, add, apply, div, mul, neg, number, power, sub
from grader.formula.tree import Apply, Expr, Number, Variable

Factor = Callable[..., Expr]  # (y, *arguments) -> factor


def square(x: Expr) -> Expr:
    return power(x, 2)


def root(x: Expr) -> Expr:
    return apply("sqrt", x)


def over(below: Expr) -> Expr:
    return div(ONE, below)


PI = Variable("pi", "math")


def _gelu(y: Expr, x: Expr) -> Expr:
    share = div(add(ONE, apply("erf", div(x, root(TWO)))), TWO)
    bell = div(apply("exp", div(neg(square(x)), TWO)), root(mul(TWO, PI)))
    return add(share, mul(x, bell))


def _base_power(y: Expr, a: Expr, b: Expr) -> Expr:
    if isinstance(b, Number):
        return mul(b, power(a, number(b.value - 1)))
    return mul(b, power(a, sub(b, ONE)))


ONE_ARGUMENT: Mapping[str, Factor] = {
    "neg": lambda y, x: neg(ONE),
    "exp": lambda y, x: y,
    "expm1": lambda y, x: add(y, ONE),
    "log": lambda y, x: over(x),
    "log1p": lambda y, x: over(add(ONE, x)),
    "sqrt": lambda y, x: over(mul(TWO, y)),
    "abs": lambda y, x: apply("sign", x),
    "sin": lambda y, x: apply("cos", x),
    "cos": lambda y, x: neg(apply("sin", x)),
    "tan": lambda y, x: add(ONE, square(y)),
    "cot": lambda y, x: neg(add(ONE, square(y))),
    "sec": lambda y, x: mul(y, apply("tan", x)),
    "csc": lambda y, x: neg(mul(y, apply("cot", x))),
    "arcsin": lambda y, x: over(root(sub(ONE, square(x)))),
    "arccos": lambda y, x: neg(over(root(sub(ONE, square(x))))),
    "arctan": lambda y, x: over(add(ONE, square(x))),
    "sinh": lambda y, x: apply("cosh", x),
    "cosh": lambda y, x: apply("sinh", x),
    "tanh": lambda y, x: sub(ONE, square(y)),
    "arcsinh": lambda y, x: over(root(add(square(x), ONE))),
    "arccosh": lambda y, x: over(root(sub(square(x), ONE))),
    "arctanh": lambda y, x: over(sub(ONE, square(x))),
    "sigmoid": lambda y, x: mul(y, sub(ONE, y)),
    "relu": lambda y, x: apply("gt", x, ZERO),
    "leaky_relu": lambda y, x: apply("where", apply("gt", x, ZERO), ONE, number(Fraction(1, 100))),
    "softplus": lambda y, x: apply("sigmoid", x),
    "gelu": _gelu,
    "erf": lambda y, x: div(mul(TWO, apply("exp", neg(square(x)))), root(PI)),
}
TWO_ARGUMENTS: Mapping[str, tuple[Factor, Factor]] = {
    "add": (lambda y, a, b: ONE, lambda y, a, b: ONE),
    "sub": (lambda y, a, b: ONE, lambda y, a, b: neg(ONE)),
    "mul": (lambda y, a, b: b, lambda y, a, b: a),
    "div": (lambda y, a, b: over(b), lambda y, a, b: neg(div(a, square(b)))),
    "pow": (_base_power, lambda y, a, b: mul(y, apply("log", a))),
    "log": (
        lambda y, a, b: over(mul(a, apply("log", b))),
        lambda y, a, b: neg(div(y, mul(b, apply("log", b)))),
    ),
    "leaky_relu": (
        lambda y, a, b: apply("where", apply("gt", a, ZERO), ONE, b),
        lambda y, a, b: apply("where", apply("gt", a, ZERO), ZERO, a),
    ),
}  # fmt: skip
FLAT = frozenset("lt le gt ge eq ne sign floor ceil".split())


def factor(node: Apply, position: int, value: Expr) -> Expr | None:
    """What the gradient at an entrywise node is multiplied with on its way to one argument; None where flat."""
    args = node.args
    if node.op in FLAT:
        return None
    if node.op in {"maximum", "minimum"}:
        return _extreme(node, position)
    if node.op == "clip":
        return _clip(args, position)
    if len(args) == 1:
        return ONE_ARGUMENT[node.op](value, *args)
    return TWO_ARGUMENTS[node.op][position](value, *args)


def _extreme(node: Apply, position: int) -> Expr:
    """1 where this argument is beyond all others."""
    others = [a for i, a in enumerate(node.args) if i != position]
    rest = others[0] if len(others) == 1 else apply(node.op, *others)
    return apply("gt" if node.op == "maximum" else "lt", node.args[position], rest)


def _clip(args: tuple[Expr, ...], position: int) -> Expr:
    x, low, high = args
    if position == 0:
        return mul(apply("gt", x, low), apply("lt", x, high))
    return apply("lt", x, low) if position == 1 else apply("gt", x, high)
