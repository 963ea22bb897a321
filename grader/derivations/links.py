"""The formulas of a line, with two meanings of each name: what the student's lines make of it, and what is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from grader.derivations.quantities import HIDDEN
from grader.errors import LearnerError
from grader.formula.cases import Case
from grader.formula.derive import build
from grader.formula.errors import ReadError
from grader.formula.names import defined
from grader.formula.reading import Formula, read
from grader.formula.symbols import Scope
from grader.formula.tree import Expr, variables
from grader.samples import Samples, samples
from grader.verdict import Feedback

SHAPES = frozenset(
    f"read.{code}"
    for code in (
        "shapes",
        "shapes-transpose-left",
        "shapes-transpose-right",
        "column-row",
        "matrix-row",
        "rows-product",
    )
)
"""Errors of reading that are slips of the derivation: what stands there can be read, but the shapes do not fit."""


@dataclass(frozen=True)
class State:
    """What the names mean so far. actual: with the student's own lines; ideal: with the right ones.

    own: what stands for a name that a line has given a meaning, so that it may be given another one later.
    tainted: names of which the two meanings differ; broken: those of them that the student's line gives no value.
    searches: how often the meaning of a name was searched for.
    """

    actual: Scope
    ideal: Scope
    own: Mapping[str, Expr] = field(default_factory=dict)
    tainted: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    searches: int = 0

    def then(self, name: str, actual: Expr | None, ideal: Expr, *, differs: bool) -> State:
        """The meanings after a line. actual: None where it has no value."""
        hidden = f"{name}{HIDDEN}{len(self.actual.definitions)}"
        mine = self._with(self.actual, name, hidden, actual or ideal)
        right = self._with(self.ideal, name, hidden, ideal)
        tainted = self.tainted | {name} if differs else self.tainted - {name}
        own = {**self.own, name: right.definitions[name].tree}
        broken = self.broken | {name} if actual is None else self.broken - {name}
        return State(mine, right, own, tainted, broken, self.searches)

    def _with(self, scope: Scope, name: str, hidden: str, tree: Expr) -> Scope:
        """The scope with a name for a formula; what the formula names now stays what it means."""
        scope = scope.define(hidden, Formula(build.substituted(tree, dict(self.own)), scope))
        return scope.define(name, Formula(defined(hidden, scope.definitions[hidden]), scope))


@dataclass(frozen=True)
class Link:
    """A link with the right meanings of its names and with the student's own; None where the shapes do not fit.

    error: what does not fit with the right meanings.
    """

    actual: Samples | None
    ideal: Samples | None
    used: frozenset[str] = frozenset()
    error: Feedback | None = None

    @property
    def differs(self) -> bool:
        """Whether the student's own meanings make it something else."""
        return self.actual is not self.ideal


def read_link(text: str, state: State, later: frozenset[str], cases: tuple[Case, ...]) -> Link:
    """What a formula of a line is. later: names that only this line, or one after it, defines.

    Raises `LearnerError` for what cannot be read.
    """
    try:
        formula, fallback = _read_either(text, state)
    except ReadError as error:
        if error.feedback.code in SHAPES:
            return Link(None, None, error=error.feedback)
        raise
    used = frozenset(v.name for v in variables(formula.tree) if v.kind == "definition")
    if early := sorted((used & later) - set(state.own)):
        raise LearnerError(Feedback("derivation.early", {"name": early[0]}))
    ideal = samples(formula, cases)
    if fallback is not None:
        return Link(samples(fallback, cases), ideal, used)
    if used & state.broken:
        return Link(None, ideal, used)
    if not used & state.tainted:
        return Link(ideal, ideal, used)
    own = _with_own_meanings(text, formula, state)
    return Link(samples(own, cases) if own is not None else None, ideal, used)


def _with_own_meanings(text: str, formula: Formula, state: State) -> Formula | None:
    """The formula with the student's own meanings; None where their shapes do not fit."""
    used = {v.name for v in variables(formula.tree)} & state.tainted
    mine, right = state.actual.definitions, state.ideal.definitions
    if all((mine[n].shape, mine[n].row) == (right[n].shape, right[n].row) for n in used):
        return replace(formula, scope=state.actual)
    try:
        return read(text, state.actual)
    except ReadError:
        return None


def _read_either(text: str, state: State) -> tuple[Formula, Formula | None]:
    """The formula with the right meanings; where only the student's own fit, that one twice."""
    try:
        return read(text, state.ideal), None
    except ReadError as error:
        if not state.tainted:
            raise
        try:
            formula = read(text, state.actual)
        except ReadError:
            raise error from None
        return formula, formula
