"""The form that a textbook prints: named rules, each of which keeps the function, the shape and how a vector lies.

A rule takes a node whose operands are simplified, and returns what may stand in its place, or None. What is shorter
stays; a rule that lengthens is never followed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.formula.derive import build as b
from grader.formula.derive.rewrites import matrices, scalars, sums, units
from grader.formula.symbols import Scope
from grader.formula.tree import Apply, Expr, operands

Rule = Callable[[Apply, Scope], Expr | None]
ROUNDS = 12
MOST_WEIGHT = 60  # names, numbers and operators of a sum or product that is still taken apart


def simplified(expr: Expr, scope: Scope | None = None) -> Expr:
    """The expression in its shortest form that the rules find; shape and orientation stay."""
    scope = scope or Scope()
    below = operands(expr)
    changed = tuple(simplified(o, scope) for o in below)
    if any(a is not b for a, b in zip(below, changed, strict=True)):
        expr = b.rebuilt(expr, changed)
    for _ in range(ROUNDS):
        shorter = _shorter(expr, scope)
        if shorter is None:
            break
        expr = shorter
    return expr


def _shorter(expr: Expr, scope: Scope) -> Expr | None:
    if not isinstance(expr, Apply):
        return None
    weight = b.weight(expr)
    for rule in RULES.values():
        if weight > MOST_WEIGHT and rule in COSTLY:
            continue
        found = rule(expr, scope)
        if found is None or found == expr or (found.shape, found.row) != (expr.shape, expr.row):
            continue
        if b.weight(found) < weight:
            return simplified(found, scope)
        if rule in SIDEWAYS:
            return b.rebuilt(found, tuple(simplified(o, scope) for o in operands(found)))
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
