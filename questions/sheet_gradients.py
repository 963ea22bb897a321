"""Rows of a table of layers: gradients derived from a forward program by symbolic back-propagation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.formula.derive import Step, Underivable, gradients, textbook
from grader.formula.derive.build import substituted
from grader.formula.reading import Formula, Line, Program
from grader.formula.symbols import Symbol
from grader.formula.tree import Expr
from questions.context import Context
from questions.faults import FaultError
from questions.sheet_entries import Origin
from questions.sheet_schema import GradientsSpec

UPSTREAM, LOSS = "g", "L"


@dataclass(frozen=True)
class Derived:
    """program: with the loss; forward: without it; steps: the gradients, as short as a textbook's."""

    program: Program
    forward: tuple[Line, ...]
    loss: str
    steps: tuple[Step, ...]


def derived(spec: GradientsSpec, context: Context, origin: Origin) -> Derived:
    """The gradients of the row. Raises `FaultError` for a program that cannot be read or derived."""
    place = (*origin.place, "forward")
    forward = context.with_program(spec.forward, place).program
    assert forward is not None
    output = forward.lines[-1]
    program, loss = forward, output.name
    if output.formula.shape:
        scope = context.scope
        arriving = Symbol(UPSTREAM, output.formula.shape)
        wider = replace(context, scope=replace(scope, symbols={**scope.symbols, UPSTREAM: arriving}))
        text = f"{spec.forward.rstrip()}\n{LOSS} = sum({UPSTREAM}*{output.name})"
        longer = wider.with_program(text, place).program
        assert longer is not None
        program, loss = longer, LOSS
    try:
        steps = textbook(gradients(program, of=loss, with_respect_to=spec.with_respect_to)).steps
    except (Underivable, KeyError, ValueError) as error:
        raise FaultError([origin.document.fault(place, f"{spec.name}: {error}")]) from None
    if program is not forward:  # that loss is ours, and has no name on the sheet
        tree = program.lines[-1].formula.tree
        steps = tuple(replace(step, formula=_with(step.formula, {loss: tree})) for step in steps)
    return Derived(program, forward.lines, loss, steps)


def _with(formula: Formula, trees: dict[str, Expr]) -> Formula:
    return replace(formula, tree=substituted(formula.tree, trees))
