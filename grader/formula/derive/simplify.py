"""The form that a textbook prints: named rules, each of which keeps the function, the shape and how a vector lies.

A rule takes a node whose operands are simplified, and returns what may stand in its place, or None. What is shorter
stays; a rule that lengthens is never followed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from grader.formula.derive import build as b
from grader.formula.derive.rewrites import matrices, scalars, sums, units
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr, operands

Rule = Callable[[Apply, Scope], Expr | None]
ROUNDS = 12
MOST_WEIGHT = 60  # names, numbers and operators of a sum or product that is still taken apart


@dataclass(frozen=True)
class Simplifier:
    """Simplifies expressions over one scope; `known` holds the results, which are not looked at again."""

    scope: Scope
    known: set[Expr] = field(default_factory=set)

    def __call__(self, expr: Expr) -> Expr:
        """The expression in its shortest form that the rules find; shape and orientation stay."""
        if expr in self.known:
            return expr
        expr = self._below(expr)
        for _ in range(ROUNDS):
            shorter = self._shorter(expr)
            if shorter is None:
                break
            expr = shorter
        self.known.add(expr)
        return expr

    def _below(self, expr: Expr) -> Expr:
        below = operands(expr)
        changed = tuple(self(o) for o in below)
        return expr if all(a is c for a, c in zip(below, changed, strict=True)) else b.rebuilt(expr, changed)

    def _shorter(self, expr: Expr) -> Expr | None:
        if not isinstance(expr, Apply):
            return None
        weight = b.weight(expr)
        for rule in RULES.values():
            if weight > MOST_WEIGHT and rule in COSTLY:
                continue
            found = rule(expr, self.scope)
            if found is None or found == expr or (found.shape, found.row) != (expr.shape, expr.row):
                continue
            if b.weight(found) < weight:
                return self(found)
            if rule in SIDEWAYS:
                return self._below(found)
        return None


RULES: Mapping[str, Rule] = {
    rule.__name__: rule
    for rule in (
        units.times_zero,
        units.times_one,
        units.plus_zero,
        units.ones_in_product,
        units.ones_in_sum,
        scalars.signs,
        matrices.scalar_out,
        matrices.identity,
        matrices.turned_back,
        sums.product_with_ones,
        sums.sum_of_distribution,
        sums.sum_of_deviations,
        sums.constants_out,
        sums.sum_over_count,
        scalars.cancelled,
        scalars.distributed,
        scalars.expanded,
        scalars.factored_out,
        scalars.in_a_row,
    )
}
COSTLY: frozenset[Rule] = frozenset({scalars.cancelled, scalars.distributed, scalars.expanded})
SIDEWAYS: frozenset[Rule] = frozenset(
    {scalars.signs, scalars.in_a_row, matrices.turned_back, matrices.scalar_out, sums.constants_out, units.ones_in_sum}
)
"""Rules that need not shorten: each can be followed only finitely often, since what it moves only moves outward."""
