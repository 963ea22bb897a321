"""Exact values of scalar formulas over drawn constants: a fraction where there is one, else 50 digits.

Keys of numbers are computed here, never in float64: `floor((7 - 3)/(1/10))` is 40, not 39. A formula is first
evaluated in fractions; where a function leaves the rational numbers, all of it is evaluated again at 50 digits.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import mpmath
import numpy as np

from grader.formula.entries import EntryWalk, Scalars
from grader.formula.positions import Environment
from grader.formula.precise import DIGITS, Undefined, mp_scalars, names_used, precise_context
from grader.formula.tree import Expr

if TYPE_CHECKING:
    from grader.formula.reading import Formula

MAX_BITS = 20_000  # of a power's numerator and denominator

Number = Any  # Fraction, or an mpmath number of 50 digits


class _Irrational(ArithmeticError):
    """A step leaves the rational numbers."""


def exact(formula: Formula) -> Number:
    """The value of a scalar formula whose names are all drawn constants.

    Raises `Undefined` where it has no real value, `ValueError` for a formula with free symbols or a shape.
    """
    if formula.shape:
        raise ValueError(f"a number was expected, {formula.text()} has shape {formula.shape}")
    return exact_entries(formula)[()]


def exact_entries(formula: Formula) -> Any:
    """The value of a formula over drawn constants, as an object array of exact numbers.

    Raises `Undefined` where an entry has no real value, `ValueError` for a formula with free symbols.
    """
    scope = formula.scope
    dims = {d: _size(scope.constants[d]) for d in scope.dimensions if d in scope.constants}
    environment = Environment(scope, dims, {})
    try:
        try:
            return EntryWalk(_rational_scalars(), environment).value(formula.tree)
        except _Irrational:
            values = EntryWalk(_precise_scalars(), environment).value(formula.tree)
    except KeyError as error:
        raise ValueError(f"{formula.text()} names {error.args[0]}, which has no drawn value") from error
    except (ZeroDivisionError, OverflowError) as error:
        raise Undefined(str(error)) from error
    if not all(mpmath.isfinite(value) for value in values.reshape(-1)):
        raise Undefined("no real value")
    return values


def rational_value(expr: Expr, env: Environment) -> Any:
    """The value at one point in fractions, an object array; None where a step leaves the rational numbers.

    `env.values` hold Fractions. Raises `Undefined` where a step divides by zero.
    """
    values = {name: np.asarray(env.values[name], dtype=object) for name in names_used(expr, env) if name in env.values}
    try:
        return EntryWalk(_rational_scalars(), replace(env, values=values)).value(expr)
    except _Irrational:
        return None
    except (ZeroDivisionError, OverflowError) as error:
        raise Undefined(str(error)) from error


def _size(value: Any) -> int:
    return int(value) if isinstance(value, Fraction) else len(value)


@functools.cache
def _rational_scalars() -> Scalars:
    """Fractions; every function that can leave them raises `_Irrational`."""

    def irrational(*_: Fraction) -> Fraction:
        raise _Irrational

    table: dict[str, Callable[..., Any]] = dict.fromkeys(mp_scalars().functions, irrational)
    table |= {
        "floor": lambda x: Fraction(math.floor(x)),
        "ceil": lambda x: Fraction(math.ceil(x)),
        "abs": abs,
        "sign": lambda x: Fraction((x > 0) - (x < 0)),
        "maximum": max,
        "minimum": min,
        "where": lambda c, a, b: a if c != 0 else b,
        "sqrt": _root,
        "pow": _power,
        "div": lambda a, b: a / b,
    }
    tests: dict[str, Callable[[Fraction, Fraction], bool]] = {
        "lt": lambda a, b: a < b, "le": lambda a, b: a <= b, "gt": lambda a, b: a > b,
        "ge": lambda a, b: a >= b, "eq": lambda a, b: a == b, "ne": lambda a, b: a != b,
    }  # fmt: skip
    return Scalars(lambda q: q, table, lambda op, a, b: Fraction(int(tests[op](a, b))))


@functools.cache
def _precise_scalars() -> Scalars:
    """50 digits, where a whole number that is missed by rounding alone (`log(8)/log(2)`) counts as met."""
    context, precise = precise_context(), mp_scalars()

    def settled(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def value(x: Any) -> Any:
            if not context.isfinite(x):
                return context.nan
            near = context.nint(x)
            return near if abs(x - near) < context.mpf(10) ** (10 - DIGITS) else function(x)

        return value

    rounding: dict[str, Callable[..., Any]] = {"sign": context.sign}
    rounding |= {"floor": settled(context.floor), "ceil": settled(context.ceil)}
    return Scalars(precise.number, {**precise.functions, **rounding}, precise.compare)


def _root(value: Fraction) -> Fraction:
    if value >= 0:
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    raise _Irrational


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1:
        raise _Irrational
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if bits * abs(exponent) > MAX_BITS:
        raise OverflowError("a power that is too large")
    return base ** int(exponent)
