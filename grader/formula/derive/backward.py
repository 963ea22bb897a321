"""Reverse-mode differentiation of a program: each name's gradient as a formula over names and upstream gradients."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from grader.formula.derive import build as b
from grader.formula.derive.alike import MOST_KEPT, Alike, alike
from grader.formula.derive.derivation import Derivation, Step
from grader.formula.derive.entries import body_gradient, is_whole_range, own_index, pick_gradient, summed
from grader.formula.derive.rules import operand_gradients
from grader.formula.derive.simplify import Simplifier
from grader.formula.names import declared_names, defined
from grader.formula.reading import Formula, Program
from grader.formula.symbols import Dim, Scope
from grader.formula.tree import Apply, Bound, Expr, Pick, Variable, operands, variables

NAMED_FROM = 5
"""Names, numbers and operators from which on a gradient that is used more than once is worth a line."""
NEVER_NAMED = frozenset({"add", "sub", "neg", "mul", "div", "sum", "mean"})
"""What passes a gradient on almost as it is: then the line above has named it already."""


def gradients(program: Program, *, of: str, with_respect_to: Iterable[str]) -> Derivation:
    """The derivation of d of / d name for each name: symbols of the program, or its intermediate values.

    Raises KeyError for a name that the program does not have, ValueError where `of` is not a scalar, `Underivable`
    where an operator has no rule. Gradients have the shape of what they belong to; at kinks see `derive.entrywise`.
    """
    wanted = tuple(with_respect_to)
    if program[of].shape:
        raise ValueError(f"{of} must be a scalar to have a gradient, it has shape {program[of].shape}")
    for name in wanted:
        if name not in program.scope.symbols and not any(line.name == name for line in program.lines):
            raise KeyError(name)
    return _swept(alike(program), of, wanted).over(program)


@functools.lru_cache(maxsize=MOST_KEPT)
def _swept(program: Alike, of: str, wanted: tuple[str, ...]) -> Derivation:
    return _Sweep(program.program, of, wanted).derivation()


def _reaching(program: Program, wanted: tuple[str, ...]) -> frozenset[str]:
    """The names through which a gradient reaches one of those wanted."""
    found = set(wanted)
    for line in program.lines:
        if any(v.name in found for v in variables(line.formula.tree)):
            found.add(line.name)
    return frozenset(found)


def gradient_name(name: str, taken: frozenset[str]) -> str:
    """`dz` for `z`; with a stroke more where that is a name already."""
    return _free(f"d{name}", taken)


def _free(name: str, taken: frozenset[str]) -> str:
    while name in taken:
        name = f"{name}_"
    return name


Arrived = dict[str, list[tuple[Expr, str]]]  # name -> contributions and the operators they came through


@dataclass(frozen=True)
class _Sweep:
    program: Program
    of: str
    wanted: tuple[str, ...]

    def derivation(self) -> Derivation:
        reaching = _reaching(self.program, self.wanted)
        arrived: Arrived = {self.of: [(b.ONE, "")]}
        found = _Found(self.program.scope, Simplifier(self.program.scope))
        upto = [line.name for line in self.program.lines].index(self.of)
        for line in reversed(self.program.lines[: upto + 1]):
            if line.name not in arrived or line.name not in reaching:
                continue
            step = self.step(line.name, arrived, found)
            upstream: Expr = b.ONE
            if line.name != self.of or self.of in self.wanted:
                upstream = found.taken(step)
            walk = _Walk(reaching, found, arrived, line.name)
            walk.back(line.formula.tree, upstream, defined(line.name, line.formula))
        for name in dict.fromkeys(self.wanted):
            if not any(step.of == name for step in found.steps):
                found.taken(self.step(name, arrived, found))
        return Derivation(self.program, self.of, self.wanted, tuple(found.steps), found.scope, tuple(found.inner))

    def step(self, name: str, arrived: Arrived, found: _Found) -> Step:
        parts = arrived.get(name, [])
        if parts:
            total = parts[0][0]
            for more, _ in parts[1:]:
                total = b.add(total, more)
            tree = found.simplify(total)
        else:
            tree = b.zeros(_shape(name, self.program.scope))
        rules = tuple(dict.fromkeys(op for _, op in parts if op))
        label = gradient_name(name, declared_names(found.scope))
        return Step(label, name, Formula(tree, found.scope), rules)


@dataclass
class _Found:
    """The steps so far, and a scope that knows them. Lives for one sweep."""

    scope: Scope
    simplify: Simplifier
    steps: list[Step] = field(default_factory=list)
    inner: list[Step] = field(default_factory=list)

    def taken(self, step: Step) -> Expr:
        """How the later steps call this one: by its name, unless the formula is as short."""
        self.steps.append(step)
        self.scope = self.scope.define(step.name, step.formula)
        tree = step.formula.tree
        return defined(step.name, step.formula) if b.weight(tree) > 1 else tree


def _shape(name: str, scope: Scope) -> tuple[Dim, ...]:
    return scope.definitions[name].shape if name in scope.definitions else scope.symbols[name].shape


@dataclass(frozen=True)
class _Walk:
    """Carries a gradient from the top of a formula down to the names in it."""

    reaching: frozenset[str]
    found: _Found
    arrived: Arrived
    line: str
    sums: tuple[Bound, ...] = ()
    through: str = ""

    @property
    def indices(self) -> Mapping[str, Dim]:
        return self.found.scope.indices

    def back(self, node: Expr, g: Expr, y: Expr) -> None:
        if not any(v.name in self.reaching for v in variables(node)):
            return
        if isinstance(node, Variable):
            self.arrive(node, g)
            return
        node = own_index(node, g, declared_names(self.found.scope))
        for below, gradient in self.below(node, g, y):
            if gradient is None:
                continue
            sums = (*self.sums, node) if isinstance(node, Bound) else self.sums
            op = node.op if isinstance(node, Apply | Bound) else "entry"
            walk = replace(self, sums=sums, through=op)
            walk.back(below, walk.named(below, self.found.simplify(gradient), of=node), below)

    def named(self, below: Expr, gradient: Expr, of: Expr) -> Expr:
        """A long gradient that is used more than once gets a name: the `delta` of textbooks."""
        uses = sum(v.name in self.reaching for v in variables(below))
        if self.sums or gradient.row or not isinstance(of, Apply) or isinstance(below, Variable) or not uses:
            return gradient
        scope = self.found.scope
        label = _free(f"delta_{self.line}", declared_names(scope))
        step = Step(label, Formula(below, scope).text(), Formula(gradient, scope), (of.op,))
        short = uses < 2 or b.weight(gradient) < NAMED_FROM or of.op in NEVER_NAMED
        if short or below.shape != gradient.shape:
            self.found.inner.append(step)
            return gradient
        return self.found.taken(step)

    def below(self, node: Expr, g: Expr, y: Expr) -> Iterator[tuple[Expr, Expr | None]]:
        match node:
            case Apply():
                if any(v.name in self.reaching for o in operands(node) for v in variables(o)):
                    yield from zip(node.args, operand_gradients(node, g, y), strict=True)
            case Pick():
                whole = frozenset(s.index for s in self.sums if is_whole_range(s))
                yield node.base, pick_gradient(node, g, whole)
            case Bound():
                yield node.body, body_gradient(node, g, y)

    def arrive(self, leaf: Variable, g: Expr) -> None:
        for around in reversed(self.sums):
            g = summed(g, around, self.indices)
        self.arrived.setdefault(leaf.name, []).append((self.found.simplify(g), self.through))
