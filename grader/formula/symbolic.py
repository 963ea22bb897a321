"""Is the difference of two formulas zero, symbolically? Confirms only; a False means "not shown".

Both sides are written entry by entry on small explicit sizes, over atoms in which they are rational functions:

    exp       exp(sum of c_k m_k) is the product of E(m_k)^c_k, one atom E(m) for each monomial m
    sigmoid, tanh, sinh, cosh, softmax      rational in those atoms
    log       log|.| of the factors of its argument, with log E(m) = m
    step      one atom H(u) for each u up to sign, H(-u) = 1 - H(u), H^2 = H; relu, max, abs, sign and where use it
    sqrt      an atom with its square put in
    others    an atom for each canonical argument

Then the numerator of the difference is expanded in a polynomial ring. `simplify` is never called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp

from grader.formula.entries import Entries, EntryWalk, Scalars
from grader.formula.positions import Environment
from grader.formula.reading import Formula
from grader.formula.symbols import Scope, Symbol

Expression = Any  # sympy.Expr


def proves_equal(answer: Formula, key: Formula) -> bool:
    """True where every entry of the difference is shown to be zero for one small setting of sizes."""
    if answer.free or key.free:
        return False
    atoms = Atoms()
    scope = key.scope
    dims = _sizes(scope)
    values = {s.name: _entries(atoms, s, dims) for s in scope.symbols.values()}
    table = atoms.scalars()
    mine = EntryWalk(table, Environment(answer.scope, dims, values)).value(answer.tree)
    theirs = EntryWalk(table, Environment(scope, dims, values)).value(key.tree)
    pairs = zip(mine.reshape(-1), theirs.reshape(-1), strict=True)
    return all(atoms.is_zero(a - b) for a, b in pairs)


def _sizes(scope: Scope) -> dict[str, int]:
    fixed = {d: int(c) for d in scope.dimensions if isinstance(c := scope.constants.get(d), Fraction)}
    free = sorted(scope.dimensions - set(fixed))
    return {**fixed, **{name: 2 + i % 2 for i, name in enumerate(free)}}


def _entries(atoms: Atoms, symbol: Symbol, dims: Mapping[str, int]) -> Entries:
    """The symbol's entries as SymPy symbols, with its domain's linear constraints put in."""
    shape = tuple(d if isinstance(d, int) else dims[d] for d in symbol.shape)
    result = np.empty(shape, dtype=object)
    for at in np.ndindex(shape):
        result[at] = sp.Symbol("_".join([symbol.name, *map(str, at)]))
    if symbol.domain.kind in {"simplex", "one_hot"}:
        for at in np.ndindex(shape[:-1]):
            result[(*at, -1)] = 1 - sum(result[at][:-1])
    if symbol.domain.kind in {"symmetric", "positive_definite"}:
        for i, j in np.ndindex(shape):
            result[i, j] = result[min(i, j), max(i, j)]
    if symbol.domain.kind in {"one_hot", "binary"}:
        atoms.idempotent.update(s for s in result.reshape(-1) if s.is_Symbol)
    return result


class Atoms:
    """The atoms of one proof: each distinct transcendental term gets a symbol of its own."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, Expression], sp.Symbol] = {}
        self.log_of: dict[sp.Symbol, Expression] = {}  # E(m) -> m
        self.square_of: dict[sp.Symbol, Expression] = {}  # sqrt atom -> its square
        self.idempotent: set[sp.Symbol] = set()  # steps and binary symbols

    def atom(self, kind: str, argument: Expression) -> sp.Symbol:
        """The symbol that stands for kind(argument)."""
        key = (kind, argument)
        if key not in self.of:
            self.of[key] = sp.Symbol(f"{kind}#{len(self.of)}")
        return self.of[key]

    def is_zero(self, difference: Expression) -> bool:
        """True where the numerator of the difference vanishes as a polynomial in the atoms."""
        numerator = sp.fraction(sp.together(difference))[0]
        return bool(self.reduced(numerator) == 0)

    def reduced(self, expression: Expression) -> Expression:
        """The expanded polynomial with the atoms' own relations put in."""
        symbols = sorted(expression.free_symbols, key=str)
        if not symbols:
            return sp.nsimplify(expression) if expression.is_number else expression
        ring, *_ = sp.ring([str(s) for s in symbols], sp.QQ)
        polynomial = ring.from_expr(expression.subs(dict(zip(symbols, ring.symbols, strict=True))))
        roots = [s for s in symbols if s in self.square_of]
        result = self.with_idempotents(polynomial.as_expr(*symbols), symbols)
        for root in reversed(roots):  # the youngest may hold the older ones in its square
            result = sp.rem(sp.expand(result), root**2 - self.square_of[root], root)
            result = sp.fraction(sp.together(result))[0]
        return sp.expand(result)

    def with_idempotents(self, expression: Expression, symbols: list[sp.Symbol]) -> Expression:
        steps = [s for s in symbols if s in self.idempotent]
        if not steps:
            return expression
        polynomial = sp.Poly(expression, *steps)
        terms = [
            coefficient * sp.Mul(*(s for s, power in zip(steps, powers, strict=True) if power))
            for powers, coefficient in polynomial.terms()
        ]
        return sp.expand(sp.Add(*terms))

    # ---- the scalar functions

    def exp(self, x: Expression) -> Expression:
        product: Expression = sp.Integer(1)
        for term in sp.Add.make_args(sp.expand(sp.cancel(x))):
            coefficient, monomial = term.as_coeff_Mul()
            if monomial.is_Symbol and monomial in self.log_value_of():
                product *= self.log_value_of()[monomial] ** coefficient if coefficient.is_Integer else self.e(term, 1)
            elif coefficient.is_Integer:
                product *= self.e(monomial, int(coefficient))
            else:
                coefficient = sp.Rational(coefficient)
                product *= self.e(monomial / coefficient.q, int(coefficient.p))
        return product

    def log_value_of(self) -> dict[sp.Symbol, Expression]:
        """log atom -> its argument, so that exp(log u) is u."""
        return {symbol: key[1] for key, symbol in self.of.items() if key[0] == "log"}

    def e(self, monomial: Expression, power: int) -> Expression:
        symbol = self.atom("exp", monomial)
        self.log_of[symbol] = monomial
        return symbol**power

    def log(self, x: Expression) -> Expression:
        numerator, denominator = sp.fraction(sp.cancel(sp.together(x)))
        return self.log_factors(numerator) - self.log_factors(denominator)

    def log_factors(self, polynomial: Expression) -> Expression:
        total: Expression = sp.Integer(0)
        coefficient, factors = sp.factor_list(polynomial)
        for prime, power in sp.factorint(abs(sp.Rational(coefficient)).p).items():
            total += power * self.atom("log", sp.Integer(prime))
        for prime, power in sp.factorint(abs(sp.Rational(coefficient)).q).items():
            total -= power * self.atom("log", sp.Integer(prime))
        for factor, power in factors:
            if factor in self.log_of:
                total += power * self.log_of[factor]
            else:
                leading = sp.Poly(factor, *sorted(factor.free_symbols, key=str)).LC()
                total += power * self.atom("log", factor if leading > 0 else sp.expand(-factor))
        return total

    def step(self, u: Expression) -> Expression:
        """1 where u > 0, else 0; at u = 0 either, since sampling never stands on a kink."""
        u = sp.cancel(sp.together(u))
        if u.is_number:
            return sp.Integer(1 if u > 0 else 0)
        numerator, denominator = sp.fraction(u)
        if denominator.free_symbols:
            # u and numerator * denominator have the same sign
            numerator = sp.expand(numerator * denominator)
        _, primitive = sp.Poly(numerator, *sorted(numerator.free_symbols, key=str)).primitive()
        flipped = primitive.LC() < 0
        symbol = self.atom("step", (-primitive if flipped else primitive).as_expr())
        self.idempotent.add(symbol)
        return 1 - symbol if flipped else symbol

    def compare(self, op: str, a: Expression, b: Expression) -> Expression:
        if op in {"gt", "ge"}:
            return self.step(a - b)
        if op in {"lt", "le"}:
            return self.step(b - a)
        same = sp.cancel(a - b)
        equal = sp.Integer(int(same == 0)) if same.is_number else self.atom("equal", same)
        return equal if op == "eq" else 1 - equal

    def maximum(self, a: Expression, b: Expression) -> Expression:
        step = self.step(a - b)
        return step * a + (1 - step) * b

    def minimum(self, a: Expression, b: Expression) -> Expression:
        step = self.step(a - b)
        return step * b + (1 - step) * a

    def sqrt(self, x: Expression) -> Expression:
        x = sp.cancel(sp.together(x))
        if x.is_number and x.is_nonnegative and sp.sqrt(x).is_Rational:
            return sp.sqrt(x)
        root = self.atom("sqrt", x)
        self.square_of[root] = x
        return root

    def power(self, x: Expression, y: Expression) -> Expression:
        y = sp.nsimplify(y) if y.is_number else sp.cancel(y)
        if y.is_Integer:
            return x**y
        if y.is_Rational and y.q == 2:
            return self.sqrt(x) ** y.p
        return self.exp(y * self.log(x))

    def tanh(self, x: Expression) -> Expression:
        e = self.exp(2 * x)
        return (e - 1) / (e + 1)

    def sigmoid(self, x: Expression) -> Expression:
        return 1 / (1 + self.exp(-x))

    def other(self, kind: str) -> Callable[[Expression], Expression]:
        return lambda x: self.atom(kind, sp.cancel(sp.together(x)))

    def scalars(self) -> Scalars:
        """The table for the entry walk."""
        odd_ones = "sin cos floor ceil erf arcsin arccos arctan arcsinh arccosh arctanh".split()
        table: dict[str, Callable[..., Expression]] = {kind: self.other(kind) for kind in odd_ones}
        sin, cos, exp = table["sin"], table["cos"], self.exp
        table |= {
            "exp": exp,
            "expm1": lambda x: exp(x) - 1,
            "log": self.log,
            "log1p": lambda x: self.log(1 + x),
            "sqrt": self.sqrt,
            "abs": lambda x: x * (2 * self.step(x) - 1),
            "sign": lambda x: 2 * self.step(x) - 1,
            "tan": lambda x: sin(x) / cos(x),
            "cot": lambda x: cos(x) / sin(x),
            "sec": lambda x: 1 / cos(x),
            "csc": lambda x: 1 / sin(x),
            "sinh": lambda x: (exp(x) - exp(-x)) / 2,
            "cosh": lambda x: (exp(x) + exp(-x)) / 2,
            "tanh": self.tanh,
            "sigmoid": self.sigmoid,
            "softplus": lambda x: self.log(1 + exp(x)),
            "maximum": self.maximum,
            "minimum": self.minimum,
            "where": lambda c, a, b: c * a + (1 - c) * b,
            "pow": self.power,
            "pi": lambda: sp.Symbol("pi#"),
            "e": lambda: self.exp(sp.Integer(1)),
        }
        return Scalars(lambda q: sp.Rational(q.numerator, q.denominator), table, self.compare)
