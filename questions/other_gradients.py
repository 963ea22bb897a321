"""Gradients of the same program that were not asked for: what an answer is that differentiates by the wrong name."""

from __future__ import annotations

from collections.abc import Iterator

from grader.formula.derive import Derivation, Underivable, gradients
from grader.formula.derive.rewrites.units import is_zeros
from grader.formula.reading import Formula, Program
from grader.formula.tree import variables
from grader.keys import Mistake
from questions.schema import Autograd


def other_gradients(program: Program, asked: Autograd) -> tuple[Mistake[Formula], ...]:
    """The gradients at every other name of the program, as mistakes: those of its lines, then those of its symbols.

    None where an operator of the program has no rule, or where nothing depends on a name.
    """
    everything = (*(line.name for line in program.lines), *program.scope.symbols)
    names = [name for name in everything if name not in {asked.of, asked.with_respect_to}]
    try:
        derivation = gradients(program, of=asked.of, with_respect_to=names)
    except Underivable:
        return ()
    return tuple(_mistakes(derivation, names, asked))


def _mistakes(derivation: Derivation, names: list[str], asked: Autograd) -> Iterator[Mistake[Formula]]:
    of, wanted = asked.of, asked.with_respect_to
    behind = _depending(derivation.program, wanted)
    for name in names:
        formula = derivation.closed(name)
        if is_zeros(formula.tree):
            continue
        told = f"That is d{of}/d{name}; d{of}/d{wanted} was asked."
        if name in behind:
            told = f"That is d{of}/d{name}: the way from {name} on to {wanted} is still missing."
        yield Mistake(f"gradient-at-{name}", formula, told)


def _depending(program: Program, name: str) -> frozenset[str]:
    """The lines whose value depends on the name."""
    found = {name}
    for line in program.lines:
        if any(v.name in found for v in variables(line.formula.tree)):
            found.add(line.name)
    return frozenset(found - {name})
