"""mpmath scalars for the entry walk: the same tree at 50 digits, where float64 leaves doubt."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np

from grader.formula.cases import Case
from grader.formula.entries import Entries, EntryWalk, Scalars, apply_entrywise
from grader.formula.positions import Environment
from grader.formula.tree import Expr, Variable, operands

DIGITS = 50
LARGEST_EXPONENT = 100_000
LARGEST_ANGLE = 100_000
TIE_DIGITS = 15  # the last so many digits of a comparison's sides may be rounding


class Undefined(ArithmeticError):
    """A step of the formula has no real value at this point."""


def precise_value(expr: Expr, env: Environment, digits: int = DIGITS) -> Entries:
    """The value at one point, an object array of mpmath numbers of that many digits.

    `env.values` hold such numbers, as `lifted` gives them, without a point axis.

    Raises `Undefined` where a step divides by zero, leaves the real numbers or grows out of hand.
    """
    try:
        result = EntryWalk(mp_scalars(digits), env).value(expr)
    except (ZeroDivisionError, OverflowError, ValueError, TypeError) as error:
        raise Undefined(str(error)) from error
    if not all(_is_finite(entry) for entry in result.reshape(-1)):
        raise Undefined("not finite")
    return result


@functools.lru_cache(maxsize=512)
def lifted(case: Case, point: int, digits: int = DIGITS) -> Mapping[str, Entries]:
    """The case's values at a point as arrays of mpmath numbers of that many digits, by name."""
    context = precise_context(digits)

    def lift(q: Fraction) -> Any:
        return context.mpf(q.numerator) / q.denominator

    return {name: apply_entrywise(lift, [np.asarray(array[point], dtype=object)]) for name, array in case.exact.items()}


@functools.cache
def precise_context(digits: int = DIGITS) -> Any:
    """The mpmath context of that many digits; never changed, so that sharing it is safe."""
    context = mpmath.mp.clone()
    context.dps = digits
    return context


def names_used(expr: Expr, env: Environment) -> frozenset[str]:
    """The names that an expression needs values for, through the definitions that it names."""
    if isinstance(expr, Variable):
        definition = env.scope.definitions.get(expr.name) if expr.name not in env.values else None
        return frozenset({expr.name}) if definition is None else names_used(definition.tree, env)
    return frozenset().union(*(names_used(o, env) for o in operands(expr)))


def _is_finite(entry: Any) -> bool:
    return isinstance(entry, (int, Fraction)) or (hasattr(entry, "_mpf_") and bool(mpmath.isfinite(entry)))


@functools.cache
def mp_scalars(digits: int = DIGITS) -> Scalars:
    """The table of scalar functions at that precision. What has no real value is NaN, and stays NaN."""
    context = precise_context(digits)
    nan = context.nan

    def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
        def value(*args: Any) -> Any:
            numbers = [a if type(a) is context.mpf else context.mpf(a) for a in args]
            if any([n != n for n in numbers]):
                return nan
            try:
                result = function(*numbers)
            except (ZeroDivisionError, OverflowError, ValueError):
                return nan
            return nan if isinstance(result, context.mpc) else result

        return value

    def power(a: Any, b: Any) -> Any:
        if a != 0 and abs(b * context.log(abs(a))) > LARGEST_EXPONENT:
            raise OverflowError("a huge power")
        return a**b

    def periodic(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def value(x: Any) -> Any:
            if abs(x) > LARGEST_ANGLE:  # would need as many digits as the angle has
                raise OverflowError("a huge angle")
            return function(x)

        return value

    def exp(x: Any) -> Any:
        if abs(x) > LARGEST_EXPONENT:
            raise OverflowError("exp of a huge number")
        return context.exp(x)

    names = {
        "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh",
        "arctanh": "atanh", "abs": "fabs",
    }  # fmt: skip
    plain = "log sqrt log1p floor ceil tanh erf".split()
    table: dict[str, Callable[..., Any]] = {name: guarded(getattr(context, name)) for name in plain}
    table |= {name: guarded(getattr(context, there)) for name, there in names.items()}
    table |= {
        "exp": guarded(exp),
        "pi": lambda: +context.pi,
        "e": lambda: +context.e,
        "div": guarded(lambda a, b: a / b),
        "pow": guarded(power),
        **{name: guarded(periodic(getattr(context, name))) for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
        **{name: guarded(periodic(getattr(context, name))) for name in ("sinh", "cosh", "expm1")},
        # a zero is what digits that ran out leave: no sampled point stands on the kink
        "sign": guarded(lambda x: context.sign(x) if x != 0 else nan),
        "maximum": guarded(max),
        "minimum": guarded(min),
        # the branch not taken may be undefined
        "where": lambda c, a, b: nan if context.isnan(c) else a if c != 0 else b,
        "sigmoid": guarded(lambda x: 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))),
        "softplus": guarded(lambda x: max(x, context.mpf(0)) + context.log1p(exp(-abs(x)))),
    }
    return Scalars(lambda q: context.mpf(q.numerator) / q.denominator, table, _compare(context))


def _compare(context: Any) -> Callable[[str, Any, Any], Any]:
    tests: Mapping[str, Callable[[Any, Any], bool]] = {
        "lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b,
        "ge": lambda a, b: a >= b, "eq": lambda a, b: a == b, "ne": lambda a, b: a != b,
    }  # fmt: skip

    tie = context.mpf(10) ** (TIE_DIGITS - context.dps)

    def compared(op: str, a: Any, b: Any) -> Any:
        if a != a or b != b:
            return context.nan
        if a != b and abs(a - b) < tie * max(1, abs(a), abs(b)):
            return context.nan  # the same number but for rounding, as in `exp(x) > expm1(x) + 1`: on the kink
        return context.mpf(1 if tests[op](a, b) else 0)

    return compared
