"""A worked solution in numbers: a small example of a forward program, with every value and every gradient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from grader.formula.cases import Case
from grader.formula.derive import gradients
from grader.formula.reading import Formula, Line, Program, evaluate, read_program
from grader.formula.small_cases import small_case
from grader.formula.symbols import Scope, Symbol
from grader.formula.tree import variables

Values = NDArray[np.float64]
SIZES = (2, 3)  # of the dimensions, in turn: different ones tell a matrix from its transpose
POINTS = 24
LARGEST, SMALLEST = 99.0, 1e-3  # what can be read at a glance


@dataclass(frozen=True)
class Edge:
    """A value that a line uses, and the gradient that comes back from this use."""

    source: str
    target: str
    gradient: Values


@dataclass(frozen=True)
class Example:
    """values: of symbols and lines; gradients: at all of them; edges: each use of a value, line by line."""

    values: Mapping[str, Values]
    gradients: Mapping[str, Values]
    edges: tuple[Edge, ...]
    case: Case

    def along(self, steps: Sequence[Line]) -> tuple[Values, ...]:
        """The value of each step, which may use the names of the program and the steps before it.

        A name that several steps have is each time the newest.
        """
        known = {name: value[None] for name, value in self.values.items()}
        found = []
        for step in steps:
            known[step.name] = evaluate(step.formula, replace(self.case, values=known))
            found.append(known[step.name][0])
        return tuple(found)


def example(program: Program, of: str, *, seed: int = 0) -> Example | None:
    """A small example of the program and of the gradients of `of`; None where its symbols have no small values.

    The numbers are whole and as small as lets the gradients be seen; the same seed gives the same example.
    """
    lines = program.lines[: [line.name for line in program.lines].index(of) + 1]
    used = {v.name for line in lines for v in variables(line.formula.tree) if v.kind == "symbol"}
    symbols = tuple(symbol for name, symbol in program.scope.symbols.items() if name in used)
    dims = {dim: SIZES[i % len(SIZES)] for i, dim in enumerate(_dimensions(program.scope))}
    case = small_case(symbols, tuple(sorted(dims.items())), points=POINTS, seed=f"example:{seed}")
    if case is None:
        return None
    names = [line.name for line in lines] + [symbol.name for symbol in symbols]
    derivation = gradients(program, of=of, with_respect_to=names)
    values = {name: case.values[name] for name in case.values}
    values |= {line.name: evaluate(line.formula, case) for line in lines}
    found = {name: evaluate(derivation.closed(name), case) for name in names}
    point = _clearest(values, found)
    at = {name: array[point] for name, array in values.items()}
    back = {name: array[point] for name, array in found.items()}
    edges = tuple(edge for line in lines for edge in _edges(line, program.scope, at, back, case, point))
    return Example(at, back, edges, replace(case, values={}, exact={}, points=1))


def _dimensions(scope: Scope) -> list[str]:
    """The dimensions in the order in which the symbols name them."""
    named = [d for symbol in scope.symbols.values() for d in symbol.shape if isinstance(d, str)]
    return list(dict.fromkeys([*named, *sorted(scope.dimensions)]))


def _clearest(values: Mapping[str, Values], found: Mapping[str, Values]) -> int:
    """The point with the most numbers that are neither 0 nor huge nor tiny."""
    arrays = [np.abs(a.reshape(POINTS, -1)) for a in (*values.values(), *found.values())]
    flat = np.nan_to_num(np.concatenate(arrays, axis=1), nan=np.inf, posinf=np.inf)
    clear = (flat >= SMALLEST) & (flat <= LARGEST)
    return int(np.argmax(clear.mean(axis=1) - 10.0 * (flat > LARGEST).any(axis=1)))


def _edges(
    line: Line, scope: Scope, at: Mapping[str, Values], back: Mapping[str, Values], case: Case, point: int
) -> Iterator[Edge]:
    """What comes back from a line to each name that it uses: the gradient through this line alone."""
    names = {v.name: v.shape for v in variables(line.formula.tree) if v.kind in {"symbol", "definition"}}
    symbols = {name: Symbol(name, shape) for name, shape in names.items()}
    arriving = "arriving_"
    symbols[arriving] = Symbol(arriving, line.formula.shape)
    alone = Scope(symbols, scope.constants, scope.indices, {}, scope.dims | scope.dimensions)
    program = read_program(f"out_ = {line.formula.text()}\nback_ = sum({arriving}*out_)", alone)
    derivation = gradients(program, of="back_", with_respect_to=sorted(names))
    known = {name: at[name][None] for name in names} | {arriving: back[line.name][None]}
    one = replace(case, values=known, exact={}, points=1)
    for name in (n for n in [*scope.symbols, *scope.definitions] if n in names):
        yield Edge(name, line.name, _value(derivation.closed(name), one))


def _value(formula: Formula, case: Case) -> Values:
    value: Values = evaluate(formula, case)[0]
    return value
