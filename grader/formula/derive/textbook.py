"""A derivation as short as a textbook's: what is shorter put in is put in, what is used once goes into its user."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from grader.formula.derive import build as b
from grader.formula.derive.alike import MOST_KEPT, Alike, alike
from grader.formula.derive.derivation import Derivation, Step
from grader.formula.derive.simplify import Simplifier
from grader.formula.names import defined
from grader.formula.reading import Formula, Program
from grader.formula.tree import Apply, Expr, Variable, operands, variables

LONGEST = 18
"""Names, numbers and operators of a line up to which one that is used once goes into it."""


def textbook(derivation: Derivation, *, longest: int = LONGEST) -> Derivation:
    """The same gradients in fewer and shorter lines: those that were wanted, and what they need.

    longest: 0 leaves every line its own.
    """
    return _textbook(_known(derivation), longest).over(derivation.program)


def shortened(derivation: Derivation) -> Derivation:
    """The same lines, each as short as what is above it allows."""
    return _all_shortened(_known(derivation)).over(derivation.program)


@dataclass(frozen=True)
class _Known:
    """A derivation that equals every other that is shortened to the same formulas."""

    program: Alike
    of: str
    wanted: tuple[str, ...]
    steps: tuple[Step, ...]
    inner: tuple[Step, ...]
    derivation: Derivation = field(compare=False)


def _known(derivation: Derivation) -> _Known:
    of, wanted, steps, inner = derivation.of, derivation.wanted, derivation.steps, derivation.inner
    return _Known(alike(derivation.program), of, wanted, steps, inner, derivation)


@functools.lru_cache(maxsize=MOST_KEPT)
def _textbook(known: _Known, longest: int) -> Derivation:
    derivation = known.derivation
    program, simplify = derivation.program, Simplifier(derivation.scope)
    trees = _shortened(derivation, simplify)
    kept = {step.name for step in derivation.steps if step.of in derivation.wanted}
    needed = _needed(kept, trees)
    trees = {name: tree for name, tree in trees.items() if name in needed}
    _by_numerators(trees, program, simplify)
    rules = {step.name: step.rules for step in derivation.steps}
    if longest:
        _put_into_users([s.name for s in derivation.steps if s.name not in kept], trees, rules, simplify, longest)
    needed = _needed(kept, trees)
    steps = [replace(s, rules=rules[s.name]) for s in derivation.steps if s.name in needed]
    return _rebuilt(derivation, steps, trees)


@functools.lru_cache(maxsize=MOST_KEPT)
def _all_shortened(known: _Known) -> Derivation:
    derivation = known.derivation
    return _rebuilt(derivation, derivation.steps, _shortened(derivation, Simplifier(derivation.scope)))


def _shortened(derivation: Derivation, simplify: Simplifier) -> dict[str, Expr]:
    trees: dict[str, Expr] = {}
    lines = derivation.program.lines
    named = {line.formula.tree: defined(line.name, line.formula) for line in lines if b.weight(line.formula.tree) > 1}
    for step in derivation.steps:
        trees[step.name] = _called_by_name(_with_shorter(step.formula.tree, trees, simplify), named)
    return trees


def _with_shorter(tree: Expr, values: dict[str, Expr], simplify: Simplifier) -> Expr:
    """The formula with the gradients above it put in where that makes it no longer."""
    used = {v.name for v in variables(tree)}
    for name in reversed(values):  # what is put in can only use lines above its own
        if name in used:
            candidate = simplify(b.substituted(tree, {name: values[name]}))
            if b.weight(candidate) <= b.weight(tree):
                tree, used = candidate, {v.name for v in variables(candidate)}
    return tree


def _called_by_name(tree: Expr, named: Mapping[Expr, Variable]) -> Expr:
    """What the program has a name for is called by it."""
    if tree in named:
        return named[tree]
    below = operands(tree)
    changed = tuple(_called_by_name(o, named) for o in below)
    return tree if all(a is c for a, c in zip(below, changed, strict=True)) else b.rebuilt(tree, changed)


def _by_numerators(trees: dict[str, Expr], program: Program, simplify: Simplifier) -> None:
    """Calls x − m by s·u where the program says u = (x − m)/s, if that makes the lines shorter all in all."""
    for line in program.lines:
        match line.formula.tree:
            case Apply(op="div", args=(Apply(op="sub") as above, below)) if above.shape == line.formula.shape:
                named = b.mul(defined(line.name, line.formula), below)
                found = {n: simplify(_with(t, above, named)) for n, t in trees.items()}
                if sum(map(b.weight, found.values())) < sum(map(b.weight, trees.values())):
                    trees.update(found)


def _with(tree: Expr, part: Expr, replacement: Expr) -> Expr:
    """The tree with another part in the place of one."""
    if tree == part:
        return replacement
    below = operands(tree)
    changed = tuple(_with(o, part, replacement) for o in below)
    return tree if all(a is c for a, c in zip(below, changed, strict=True)) else b.rebuilt(tree, changed)


def _put_into_users(
    names: Iterable[str], trees: dict[str, Expr], rules: dict[str, tuple[str, ...]], simplify: Simplifier, longest: int
) -> None:
    """Puts each line that is used exactly once into the line that uses it, where that stays readable."""
    used = {user: {v.name for v in variables(tree)} for user, tree in trees.items()}
    for name in (name for name in names if name in trees):
        users = [user for user, within in used.items() if name in within]
        if len(users) != 1 or _uses(trees[users[0]], name) != 1:
            continue
        (user,) = users
        candidate = simplify(b.substituted(trees[user], {name: trees[name]}))
        if b.weight(candidate) <= longest:
            trees[user], used[user] = candidate, {v.name for v in variables(candidate)}
            rules[user] = tuple(dict.fromkeys((*rules[name], *rules[user])))


def _uses(tree: Expr, name: str) -> int:
    own = isinstance(tree, Variable) and tree.name == name
    return own + sum(_uses(o, name) for o in operands(tree))


def _needed(kept: Iterable[str], trees: Mapping[str, Expr]) -> set[str]:
    found: set[str] = set()
    waiting = list(kept)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [v.name for v in variables(trees[name]) if v.name in trees]
    return found


def _rebuilt(derivation: Derivation, steps: Iterable[Step], trees: Mapping[str, Expr]) -> Derivation:
    scope, result = derivation.program.scope, []
    for step in steps:
        result.append(replace(step, formula=Formula(trees[step.name], scope)))
        scope = scope.define(step.name, result[-1].formula)
    return replace(derivation, steps=tuple(result), scope=scope)
