"""Interval scalars for the entry walk: every value lies for certain between the two ends, rounding included.

Two intervals that do not meet prove that two formulas differ at a point, whatever cancels on the way. What has no
value, or none that can be enclosed, is the interval of all numbers: it meets everything and so proves nothing.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from mpmath import libmp
from mpmath.ctx_iv import MPIntervalContext

from grader.formula.cases import Case
from grader.formula.entries import Entries, EntryWalk, Scalars, apply_entrywise
from grader.formula.positions import Environment
from grader.formula.precise import LARGEST_ANGLE, LARGEST_EXPONENT, Undefined, precise_context
from grader.formula.tree import Expr

Interval = Any  # mpmath's ivmpf

GUARD_DIGITS = 10  # the ends of what mpmath has no interval function for are moved outward by so many digits' worth


def interval_value(expr: Expr, env: Environment, digits: int) -> Entries:
    """The value at one point, an object array of intervals.

    `env.values` hold intervals, as `lifted_intervals` gives them. Raises `Undefined` where an index leaves its range.
    """
    try:
        return EntryWalk(interval_scalars(digits), env).value(expr)
    except (ArithmeticError, ValueError) as error:
        raise Undefined(str(error)) from error


@functools.lru_cache(maxsize=512)
def lifted_intervals(case: Case, point: int, digits: int) -> Mapping[str, Entries]:
    """The case's values at a point as arrays of intervals, by name."""
    one = functools.partial(_lift, digits)
    return {name: apply_entrywise(one, [np.asarray(array[point], dtype=object)]) for name, array in case.exact.items()}


def are_apart(a: Interval, b: Interval) -> bool:
    """Whether no number lies in both intervals."""
    (low, high), (other_low, other_high) = a._mpi_, b._mpi_
    return bool(libmp.mpf_lt(high, other_low) or libmp.mpf_lt(other_high, low))


@functools.cache
def interval_context(digits: int) -> Any:
    """The interval context of that many digits; never changed, so that sharing it is safe."""
    context = MPIntervalContext()
    context.dps = digits
    return context


def _lift(digits: int, q: Fraction) -> Interval:
    """The interval of a fraction: one number where it is binary."""
    context = interval_context(digits)
    return context.mpf(q.numerator) / q.denominator


@functools.cache
def interval_scalars(digits: int) -> Scalars:
    """The table of scalar functions on intervals at that precision."""
    iv = interval_context(digits)
    table = {name: _guarded(iv, function) for name, function in _functions(iv, digits).items()}
    table |= {"pi": lambda: +iv.pi, "e": lambda: +iv.e, "where": functools.partial(_where, iv)}
    return Scalars(functools.partial(_lift, digits), table, functools.partial(_compared, iv))


def _functions(iv: Any, digits: int) -> Mapping[str, Callable[..., Interval]]:
    one = iv.mpf(1)
    increasing = functools.partial(_monotone, iv, digits, 1)
    decreasing = functools.partial(_monotone, iv, digits, -1)

    def exp(x: Interval) -> Interval:
        _refuse(libmp.mpf_gt(x._mpi_[1], libmp.from_int(LARGEST_EXPONENT)))
        return iv.exp(x)

    def log(x: Interval) -> Interval:
        _refuse(libmp.mpf_le(x._mpi_[0], libmp.fzero))
        return iv.log(x)

    def sqrt(x: Interval) -> Interval:
        _refuse(libmp.mpf_lt(x._mpi_[0], libmp.fzero))
        return iv.sqrt(x)

    def turned(function: Callable[[Interval], Interval]) -> Callable[[Interval], Interval]:
        def value(x: Interval) -> Interval:
            low, high = x._mpi_
            largest = libmp.from_int(LARGEST_ANGLE)
            _refuse(libmp.mpf_gt(high, largest) or libmp.mpf_lt(low, libmp.mpf_neg(largest)))
            return function(x)

        return value

    return {
        "exp": exp,
        "log": log,
        "sqrt": sqrt,
        "expm1": lambda x: exp(x) - 1,
        "log1p": lambda x: log(1 + x),
        "pow": functools.partial(_power, iv, exp, log),
        "div": lambda a, b: a / b,
        "neg": operator.neg,
        "add": operator.add,
        "sub": operator.sub,
        "mul": operator.mul,
        "sin": turned(iv.sin),
        "cos": turned(iv.cos),
        "tan": turned(lambda x: iv.sin(x) / iv.cos(x)),
        "cot": turned(lambda x: iv.cos(x) / iv.sin(x)),
        "sec": turned(lambda x: one / iv.cos(x)),
        "csc": turned(lambda x: one / iv.sin(x)),
        "sinh": lambda x: (exp(x) - exp(-x)) / 2,
        "cosh": lambda x: (exp(x) + exp(-x)) / 2,
        "tanh": increasing("tanh"),
        "sigmoid": lambda x: one / (1 + exp(-x)),
        "softplus": lambda x: log(1 + exp(x)),
        "arcsin": increasing("asin"),
        "arccos": decreasing("acos"),
        "arctan": increasing("atan"),
        "arcsinh": increasing("asinh"),
        "arccosh": increasing("acosh"),
        "arctanh": increasing("atanh"),
        "erf": increasing("erf"),
        "floor": increasing("floor"),
        "ceil": increasing("ceil"),
        "abs": abs,
        "sign": lambda x: _sign(iv, x),
        "maximum": lambda a, b: iv.mpf([_larger(a.a, b.a), _larger(a.b, b.b)]),
        "minimum": lambda a, b: iv.mpf([_smaller(a.a, b.a), _smaller(a.b, b.b)]),
    }


def _everything(iv: Any) -> Interval:
    return iv.mpf(["-inf", "inf"])


def _refuse(condition: bool) -> None:
    if condition:
        raise ValueError("no value that can be enclosed")


def _guarded(iv: Any, function: Callable[..., Interval]) -> Callable[..., Interval]:
    """The function, with the interval of all numbers where it has no value for some number of its arguments."""
    everything = _everything(iv)

    def value(*args: Interval) -> Interval:
        try:
            result = function(*args)
        except (ArithmeticError, ValueError, NotImplementedError):
            return everything
        return everything if not hasattr(result, "_mpi_") or libmp.fnan in result._mpi_ else result

    return value


def _larger(a: Interval, b: Interval) -> Interval:
    return a if libmp.mpf_ge(a._mpi_[0], b._mpi_[0]) else b


def _smaller(a: Interval, b: Interval) -> Interval:
    return b if _larger(a, b) is a else a


def _sign(iv: Any, x: Interval) -> Interval:
    low, high = x._mpi_
    if libmp.mpf_gt(low, libmp.fzero):
        return iv.mpf(1)
    return iv.mpf(-1) if libmp.mpf_lt(high, libmp.fzero) else iv.mpf([-1, 1])


def _power(iv: Any, exp: Callable[..., Interval], log: Callable[..., Interval], a: Interval, b: Interval) -> Interval:
    low, high = b._mpi_
    if low == high and libmp.mpf_eq(low, libmp.mpf_floor(low)):
        exponent = libmp.to_int(low)
        bits = max(abs(end[2] + end[3]) for end in a._mpi_)  # of the ends' magnitudes
        _refuse(abs(exponent) * max(bits, 1) > LARGEST_EXPONENT)
        return a**exponent
    if a._mpi_ == (libmp.fzero, libmp.fzero) and libmp.mpf_gt(low, libmp.fzero):
        return a
    return exp(b * log(a))


def _monotone(iv: Any, digits: int, direction: int, name: str) -> Callable[[Interval], Interval]:
    """A function that only rises (1) or only falls (-1): its values at the two ends, moved outward a little.

    A zero stays where it is: mpmath rounds nothing to zero, so one comes from an exact value alone, as tanh(0) does.
    """
    mp = precise_context(digits + 2 * GUARD_DIGITS)
    exact = name in {"floor", "ceil"}
    little = mp.mpf(0) if exact else mp.mpf(10) ** (GUARD_DIGITS - digits)

    def value(x: Interval) -> Interval:
        ends = [getattr(mp, name)(mp.make_mpf(end)) for end in x._mpi_[::direction]]
        _refuse(any(isinstance(end, mp.mpc) for end in ends))
        low, high = (
            end + side * little * (abs(end) + little) if end else end for side, end in zip((-1, 1), ends, strict=True)
        )
        return iv.mpf([low, high])

    return value


def _where(iv: Any, condition: Interval, yes: Interval, no: Interval) -> Interval:
    """The branch that a settled condition takes; what holds both branches where it is open."""
    zero = (libmp.fzero, libmp.fzero)
    if condition._mpi_ == zero:
        return no
    low, high = condition._mpi_
    if libmp.mpf_gt(low, libmp.fzero) or libmp.mpf_lt(high, libmp.fzero):
        return yes
    return _everything(iv)


def _compared(iv: Any, op: str, a: Interval, b: Interval) -> Interval:
    """1 or 0 where the comparison is the same for all numbers of the two intervals, else [0, 1]."""
    (low, high), (other_low, other_high) = a._mpi_, b._mpi_
    less, more = libmp.mpf_lt(high, other_low), libmp.mpf_lt(other_high, low)
    same = low == high == other_low == other_high and low != libmp.fnan
    if not (less or more or same):
        return iv.mpf([0, 1])
    truth = {
        "lt": less, "le": less or same, "gt": more, "ge": more or same, "eq": same, "ne": not same,
    }[op]  # fmt: skip
    return iv.mpf(int(truth))
