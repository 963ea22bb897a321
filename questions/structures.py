"""Reads a family for every combination of its drawn texts, so that no variant fails where others do not."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from questions import draws
from questions.build_derivation import refuse_unknown
from questions.build_key import Refused
from questions.context import Context
from questions.conventions import alternatives, check_convention
from questions.document import Path
from questions.family import Family, draws_of
from questions.faults import FaultError, suggestion
from questions.schema import Autograd, OracleSpec, PartSpec
from questions.texts import formulas_of

ATTEMPTS = 50  # draws of the numbers, for a combination to satisfy `where`


def check_structures(family: Family) -> None:
    """Reads every formula and text of the family for every combination of drawn texts; raises `FaultError`.

    A combination that `where` excludes for ATTEMPTS draws of the numbers is left out.
    """
    for forced in draws.structures(family.spec.draw):
        rng = random.Random(f"{family.id}:structures")
        for _ in range(ATTEMPTS):
            try:
                context = family.context(draws_of(family, rng, forced))
            except Refused:
                continue
            _read_everything(family, context)
            break


def _read_everything(family: Family, context: Context) -> None:
    for path in family.templates:
        context.prose(path)
    for oracles, path in _oracles(family):
        for i, oracle in enumerate(oracles):
            if oracle.autograd is not None:
                listed = isinstance(family.document.value(path), list)
                _check_autograd(context, oracle.autograd, (*path, i) if listed else path)
    for part, path in family.parts():
        for text, where in formulas_of(part, path):
            context.formula(text, where)
        for i, convention in enumerate(part.conventions):
            check_convention(context, convention, (*path, "conventions", i))
        if part.conventions:
            _read_conventions(context, part, path)
        refuse_unknown(context, part, path)
        if part.steps:
            context.steps(part.steps, (*path, "steps"))


def _read_conventions(context: Context, part: PartSpec, path: Path) -> None:
    """Reads the keys that other conventions have: each must have the key's shape."""
    spec = part.answer.formula or part.answer.integer or part.answer.number
    where = (*path, "conventions")
    if spec is None:
        raise FaultError([context.document.fault(where, "conventions count for answers that are formulas or numbers")])
    key = context.formula(spec.key, (*path, "answer", part.answer.kind, "key"))
    for other in alternatives(context, part.conventions, where, key, spec.key):
        if sorted(map(str, other.key.shape)) != sorted(map(str, key.shape)):
            told = f"the key of {other.name} has the shape {other.key.shape}, the question's {key.shape}"
            raise FaultError([context.document.fault(where, told)])


def _oracles(family: Family) -> Iterator[tuple[Sequence[OracleSpec], Path]]:
    """The family's oracles and those of its parts, each with their place."""
    yield family.spec.oracle, ("oracle",)
    for part, path in family.parts():
        if path:
            yield part.oracle, (*path, "oracle")


def _check_autograd(context: Context, spec: Autograd, path: Path) -> None:
    """Refuses names that the forward program does not have."""
    if context.program is None:
        raise FaultError([context.document.fault(path, "autograd wants a `forward` program")])
    lines = [line.name for line in context.program.lines]
    symbols = [name for name in context.scope.symbols if name not in lines]
    if spec.of not in lines:
        told = f"`of: {spec.of}`: `forward` has no line `{spec.of}`; its lines are {', '.join(lines)}."
        told += suggestion(spec.of, lines)
        raise FaultError([context.document.fault((*path, "autograd", "of"), told)])
    name = spec.with_respect_to
    if name not in lines and name not in symbols:
        told = f"`with_respect_to: {name}` is no symbol and no line; symbols are {', '.join(symbols)}; "
        told += f"lines are {', '.join(lines)}.{suggestion(name, [*symbols, *lines])}"
        raise FaultError([context.document.fault((*path, "autograd", "with_respect_to"), told)])
