"""Entrywise sums of products, taken apart and put together: what textbooks do with a pencil.

factor   an expression with a whole exponent, below the line where it is negative
term     a coefficient times factors, in the order in which they were met
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from grader.formula.derive import build as b
from grader.formula.tree import Apply, Expr, Number

MOST_TERMS = 40
UNIT = Fraction(1)


@dataclass(frozen=True)
class Term:
    """A coefficient times factors, each with its exponent; none of the exponents is 0."""

    coefficient: Fraction = UNIT
    factors: Mapping[Expr, int] = field(default_factory=dict)

    def __mul__(self, other: Term) -> Term:
        factors = dict(self.factors)
        for factor, exponent in other.factors.items():
            factors[factor] = factors.get(factor, 0) + exponent
        return Term(_times(self.coefficient, other.coefficient), {f: e for f, e in factors.items() if e})

    def inverse(self) -> Term:
        """One over it; the coefficient is not 0."""
        return Term(1 / self.coefficient, {f: -e for f, e in self.factors.items()})


def product(expr: Expr) -> Term:
    """The expression as one term; sums stay factors."""
    factors: dict[Expr, int] = {}
    coefficient = _gathered(expr, 1, factors)
    return Term(coefficient, {f: e for f, e in factors.items() if e})


def _gathered(expr: Expr, exponent: int, factors: dict[Expr, int]) -> Fraction:
    """The coefficient of the expression to that power; its factors are added to those that are there."""
    match expr:
        case Number(value=value) if value or exponent > 0:
            return Fraction(value**exponent)
        case Apply(op="neg", args=(arg,)):
            inside = _gathered(arg, exponent, factors)
            return -inside if exponent % 2 else inside
        case Apply(op="mul", args=(left, right)):
            return _times(_gathered(left, exponent, factors), _gathered(right, exponent, factors))
        case Apply(op="div", args=(left, right)):
            return _times(_gathered(left, exponent, factors), _gathered(right, -exponent, factors))
        case Apply(op="pow", args=(base, Number(value=power))) if power.denominator == 1 and 0 < power <= 4:
            return _gathered(base, exponent * int(power), factors)
    factors[expr] = factors.get(expr, 0) + exponent
    return UNIT


def _times(left: Fraction, right: Fraction) -> Fraction:
    """Their product; most coefficients are 1, and fractions are slow."""
    return right if left is UNIT else left if right is UNIT else left * right


def addends(expr: Expr) -> Iterator[tuple[int, Expr]]:
    """The signs and terms of a sum; the expression itself where it is none."""
    match expr:
        case Apply(op="add", args=(left, right)):
            yield from addends(left)
            yield from addends(right)
        case Apply(op="sub", args=(left, right)):
            yield from addends(left)
            yield from ((-sign, term) for sign, term in addends(right))
        case Apply(op="neg", args=(arg,)):
            yield from ((-sign, term) for sign, term in addends(arg))
        case _:
            yield 1, expr


def is_sum(expr: Expr) -> bool:
    """True for a sum of two or more terms."""
    return isinstance(expr, Apply) and expr.op in {"add", "sub"}


def collected(terms: list[Term]) -> list[Term]:
    """The terms with like ones added up, none of them zero, in the order in which they were met."""
    found: dict[frozenset[tuple[Expr, int]], Term] = {}
    for term in terms:
        kind = frozenset(term.factors.items())
        before = found.get(kind)
        total = term.coefficient + (before.coefficient if before else 0)
        found[kind] = Term(total, before.factors if before else term.factors)
    return [term for term in found.values() if term.coefficient]


def multiplied_out(expr: Expr, *, below: int = 3) -> list[Term] | None:
    """The expression as a sum of terms, sums above the line multiplied out; None where that gets long."""
    if below < 0:
        return [product(expr)]
    result: list[Term] = []
    for sign, addend in addends(expr):
        terms = [Term(Fraction(sign))]
        whole = product(addend)
        terms[0] = terms[0] * Term(whole.coefficient)
        for factor, exponent in whole.factors.items():
            if exponent < 0 or not is_sum(factor):
                terms = [term * Term(UNIT, {factor: exponent}) for term in terms]
                continue
            inside = multiplied_out(factor, below=below - 1)
            for _ in range(exponent):
                if inside is None or len(terms) * len(inside) > MOST_TERMS:
                    return None
                terms = [term * other for term in terms for other in inside]
        result += terms
        if len(result) > MOST_TERMS:
            return None
    return collected(result)


def written_term(term: Term) -> Expr:
    """The term as an expression, without its sign: coefficient, factors above the line, factors below."""
    size = abs(term.coefficient)
    above = [_raised(f, e) for f, e in term.factors.items() if e > 0]
    below = [_raised(f, -e) for f, e in term.factors.items() if e < 0]
    if size.numerator != 1:
        above.insert(0, b.number(size.numerator))
    if size.denominator != 1:
        below.insert(0, b.number(size.denominator))
    top = _product(above)
    return b.div(top, _product(below)) if below else top


def written(terms: list[Term]) -> Expr:
    """The sum of the terms as an expression, beginning with a positive one where there is one."""
    if not terms:
        return b.ZERO
    first = next((i for i, term in enumerate(terms) if term.coefficient > 0), 0)
    ordered = [terms[first], *terms[:first], *terms[first + 1 :]]
    result = written_term(ordered[0])
    if ordered[0].coefficient < 0:
        result = b.neg(result)
    for term in ordered[1:]:
        result = (b.add if term.coefficient > 0 else b.sub)(result, written_term(term))
    return result


def _raised(factor: Expr, exponent: int) -> Expr:
    return factor if exponent == 1 else b.power(factor, exponent)


def _product(factors: list[Expr]) -> Expr:
    if not factors:
        return b.ONE
    result = factors[0]
    for factor in factors[1:]:
        result = b.mul(result, factor)
    return result
