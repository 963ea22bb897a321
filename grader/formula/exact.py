"""Exact values of scalar formulas over drawn constants: fractions where possible, else 50 digits.

Keys of numbers are computed here, never in float64: `floor((7 - 3)/(1/10))` is 40, not 39.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import mpmath

from grader.formula.entries import EntryWalk, Scalars
from grader.formula.positions import Environment
from grader.formula.precise import DIGITS, Undefined, mp_scalars

if TYPE_CHECKING:
    from grader.formula.reading import Formula

MAX_BITS = 20_000  # of a power's numerator and denominator

Number = Any  # Fraction, or an mpmath number of 50 digits


def exact(formula: Formula) -> Number:
    """The value of a scalar formula whose names are all drawn constants.

    Raises `Undefined` where it has no real value, `ValueError` for a formula with free symbols or a shape.
    """
    if formula.shape:
        raise ValueError(f"a number was expected, {formula.text()} has shape {formula.shape}")
    value = exact_entries(formula)[()]
    if not isinstance(value, Fraction) and not mpmath.isfinite(value):
        raise Undefined("no real value")
    return value


def exact_entries(formula: Formula) -> Any:
    """The value of a formula over drawn constants, as an object array of exact numbers."""
    context = mpmath.mp.clone()
    context.dps = DIGITS
    scope = formula.scope
    dims = {d: _size(scope.constants[d]) for d in scope.dimensions if d in scope.constants}
    walk = EntryWalk(_scalars(context), Environment(scope, dims, {}))
    try:
        return walk.value(formula.tree)
    except KeyError as error:
        raise ValueError(f"{formula.text()} names {error.args[0]}, which has no drawn value") from error
    except (ZeroDivisionError, OverflowError) as error:
        raise Undefined(str(error)) from error


def _size(value: Any) -> int:
    return int(value) if isinstance(value, Fraction) else len(value)


def _scalars(context: Any) -> Scalars:
    """Fractions as long as they last; any other function turns to mpmath."""
    precise = mp_scalars(context)

    def lifted(function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(*(_lift(context, a) for a in args))

    table = {name: lifted(function) for name, function in precise.functions.items()}
    table |= {
        "floor": lambda x: Fraction(math.floor(_settled(context, x))),
        "ceil": lambda x: Fraction(math.ceil(_settled(context, x))),
        "abs": abs,
        "sign": lambda x: Fraction((x > 0) - (x < 0)),
        "maximum": max,
        "minimum": min,
        "where": lambda c, a, b: a if c != 0 else b,
        "sqrt": lambda x: _root(context, x),
        "div": operator.truediv,
        "pow": lambda x, y: _power(context, x, y),
    }
    compare = precise.compare
    return Scalars(
        lambda q: q, table, lambda op, a, b: Fraction(int(compare(op, _lift(context, a), _lift(context, b))))
    )


def _lift(context: Any, value: Any) -> Any:
    return context.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def _settled(context: Any, value: Any) -> Any:
    """The value, put on the whole number that it misses by rounding alone (`log(8)/log(2)`)."""
    if isinstance(value, Fraction):
        return value
    near = context.nint(value)
    return int(near) if abs(value - near) < context.mpf(10) ** (10 - DIGITS) else value


def _root(context: Any, value: Any) -> Any:
    if isinstance(value, Fraction) and value >= 0:
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    if value < 0:
        raise Undefined("root of a negative number")
    return context.sqrt(_lift(context, value))


def _power(context: Any, base: Any, exponent: Any) -> Any:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if bits * abs(exponent) > MAX_BITS:
            raise OverflowError("a power that is too large")
        return base**exponent
    result = _lift(context, base) ** _lift(context, exponent)
    if isinstance(result, context.mpc):
        raise Undefined("not real")
    return result
