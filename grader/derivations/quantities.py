"""What the lines of a derivation can be right about: gradients at every name, at parts of formulas, values of lines."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.derivations.signs import Signs, gradient_id
from grader.equivalence import Comparison, Equal, Undecided, agreeing, compare_at_more_points, compare_samples
from grader.formula.cases import Case, sample_cases
from grader.formula.derive import Derivation, build, gradients, shortened, textbook
from grader.formula.names import defined
from grader.formula.reading import Formula
from grader.formula.symbols import Scope
from grader.formula.tree import Expr, variables
from grader.samples import VERSION, Samples, full_shape, samples

if TYPE_CHECKING:
    from grader.keys import DerivationKey

HIDDEN = "°"  # behind the key's own names in the scope of lines: nobody can type it


@dataclass(frozen=True)
class Quantity:
    """Something with a right value. of: the name, or part of a formula, whose gradient it is; called: `dL/dz`.

    group: the first quantity with the same values; a line that is right about one is right about all.
    tree: the right formula, over names that no line can change.
    """

    of: str
    called: str
    samples: Samples
    group: str
    tree: Expr


class Quantities:
    """The right values of one key, on the cases that all of them share."""

    def __init__(self, key: DerivationKey) -> None:
        program, target = key.program, key.of
        lines = [line.name for line in program.lines]
        everything = [*reversed(lines[: lines.index(target) + 1]), *program.scope.symbols]
        self.key = key
        self.full = shortened(gradients(program, of=target, with_respect_to=everything))
        self.signs = Signs(target, frozenset(everything) | frozenset(lines))
        asked = "; ".join(line.formula.text() for line in program.lines)
        self.cases: tuple[Case, ...] = sample_cases(program.scope, seed=f"{VERSION}:{asked}:{target}")
        self.hidden = _hidden(self.full)
        self.scope, self.inside = _scopes(self.full, self.hidden)

    @functools.cached_property
    def gradients(self) -> Mapping[str, Quantity]:
        """The gradients by what they are at, from the target backwards; those at parts of formulas come last."""
        found: dict[str, Quantity] = {}
        for step in (*self.full.steps, *self.full.inner):
            if step.of not in found:
                values = samples(Formula(step.formula.tree, self.inside), self.cases)
                group = next((q.group for q in found.values() if alike(values, q.samples)), step.of)
                tree = build.substituted(step.formula.tree, self.hidden)
                found[step.of] = Quantity(step.of, f"d{self.key.of}/d{_bracketed(step.of)}", values, group, tree)
        return found

    @functools.cached_property
    def values(self) -> Mapping[str, Quantity]:
        """The values of the program's lines."""
        return {
            line.name: Quantity(
                line.name, line.name, samples(line.formula, self.cases), f"={line.name}", line.formula.tree
            )
            for line in self.key.program.lines
        }

    @functools.cached_property
    def needed(self) -> Mapping[str, tuple[str, ...]]:
        """The steps of a full derivation by what the gradient is at, each with those that it uses."""
        steps = textbook(gradients(self.key.program, of=self.key.of, with_respect_to=self.key.wanted), longest=0).steps
        at = {step.name: step.of for step in steps}
        return {
            step.of: tuple(sorted(at[v.name] for v in variables(step.formula.tree) if v.name in at)) for step in steps
        }

    def standing(self, values: Samples) -> Iterator[Quantity]:
        """The quantities that have these values."""
        for quantity in (*self.gradients.values(), *self.values.values()):
            if alike(values, quantity.samples):
                yield quantity


def compared(got: Samples, expected: Samples) -> Comparison | None:
    """How the values relate; None where the shapes differ."""
    if full_shape(got.formula) != full_shape(expected.formula):
        return None
    found = compare_samples(got, expected)
    return compare_at_more_points(got.formula, expected.formula) if isinstance(found, Undecided) else found


def alike(got: Samples, expected: Samples) -> bool:
    """Whether they are the same function; what differs clearly is not looked at closely."""
    if full_shape(got.formula) != full_shape(expected.formula):
        return False
    rough = [agreeing(a, c).mean() for a, c in zip(got.values, expected.values, strict=True)]
    return min(rough) > 0.3 and isinstance(compared(got, expected), Equal)


def _bracketed(of: str) -> str:
    return of if of.isidentifier() else f"({of})"


def _hidden(full: Derivation) -> dict[str, Expr]:
    """What stands for the key's own names, so that no line can change what they mean."""
    return {step.name: defined(step.name + HIDDEN, step.formula) for step in full.steps}


def _scopes(full: Derivation, hidden: dict[str, Expr]) -> tuple[Scope, Scope]:
    """The scope in which lines are read, and the one in which the key's steps are; both know the right gradients."""
    scope = full.program.scope
    for step in full.steps:
        tree = build.substituted(step.formula.tree, hidden)
        scope = scope.define(step.name + HIDDEN, Formula(tree, scope))
    outside = inside = scope
    for step in full.steps:
        inside = inside.define(step.name, Formula(hidden[step.name], inside))
        if step.of.isidentifier():
            outside = outside.define(gradient_id(step.of), Formula(hidden[step.name], outside))
    return outside, inside
