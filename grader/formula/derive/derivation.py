"""A derivation: the gradients of a program line by line."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.formula.derive import build as b
from grader.formula.derive.alike import MOST_KEPT, Alike, alike
from grader.formula.derive.simplify import Simplifier
from grader.formula.reading import Formula, Program
from grader.formula.symbols import Scope
from grader.formula.tree import Expr


@dataclass(frozen=True)
class Step:
    """One line of a derivation. name: `dz`; rules: the operators passed through.

    of: `z`, whose gradient it is; where that has no name in the program, as in tanh(W @ x + b), its text.
    """

    name: str
    of: str
    formula: Formula
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derivation:
    """The gradients of one scalar: steps in the order in which they are computed, from the target backwards.

    Each step uses names of the program and the gradients above it; `scope` knows all of them.
    inner: the gradients at parts of the program's formulas that got no step, nameless.
    """

    program: Program
    of: str
    wanted: tuple[str, ...]
    steps: tuple[Step, ...]
    scope: Scope
    inner: tuple[Step, ...] = ()

    def __getitem__(self, name: str) -> Step:
        """The step that gives the gradient at a name; raises KeyError."""
        for step in self.steps:
            if step.of == name:
                return step
        raise KeyError(name)

    def closed(self, name: str) -> Formula:
        """The gradient at a name over the names of the program alone, upstream gradients put in; raises KeyError."""
        return Formula(self._closed[name], self.program.scope)

    @functools.cached_property
    def _closed(self) -> Mapping[str, Expr]:
        return _closed(alike(self.program), self.steps)

    def over(self, program: Program) -> Derivation:
        """The same of a program that is `alike`: formulas of the numbers that it has."""

        def moved(scope: Scope) -> Scope:
            return replace(program.scope, definitions={**scope.definitions, **program.scope.definitions})

        def step(one: Step) -> Step:
            return replace(one, formula=replace(one.formula, scope=moved(one.formula.scope)))

        steps, inner = tuple(map(step, self.steps)), tuple(map(step, self.inner))
        return replace(self, program=program, steps=steps, scope=moved(self.scope), inner=inner)


@functools.lru_cache(maxsize=MOST_KEPT)
def _closed(program: Alike, steps: tuple[Step, ...]) -> Mapping[str, Expr]:
    """The gradients by what they are at, over the names of the program alone."""
    values: dict[str, Expr] = {}
    simplify = Simplifier(program.program.scope)
    for step in steps:
        values[step.name] = simplify(b.substituted(step.formula.tree, values))
    return {step.of: values[step.name] for step in steps}
