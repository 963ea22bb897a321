"""Programs that are derived alike: those of one question differ in drawn numbers, and no gradient depends on these."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from grader.formula.reading import Program
from grader.formula.tree import Expr

MOST_KEPT = 128  # of what was derived from programs


@dataclass(frozen=True)
class Alike:
    """A program that equals every other whose gradients have the same formulas."""

    lines: tuple[tuple[str, Expr], ...]
    definitions: tuple[Expr, ...]
    signature: Hashable
    program: Program = field(compare=False)


def alike(program: Program) -> Alike:
    """The program as a key."""
    lines = tuple((line.name, line.formula.tree) for line in program.lines)
    definitions = tuple(formula.tree for formula in program.scope.definitions.values())
    return Alike(lines, definitions, program.scope.signature, program)
