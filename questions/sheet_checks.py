"""Every formula of a sheet by its second road, and every wrong form refused by it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from grader.formula.cases import sample_cases
from grader.formula.reading import Formula, Program, evaluate
from grader.formula.tree import variables
from questions.draws import Drawn
from questions.faults import Fault, FaultError
from questions.references import found
from questions.roads import POINTS, Disagreement, Road, disagreement
from questions.schema import Autograd, OracleSpec
from questions.sheet_entries import Gradients, Sheet, SheetFormula, Wrong, left_side, right_side

SIMULATED_POINTS = 2  # of a case: each is thousands of draws


def check_sheet(sheet: Sheet) -> tuple[Fault, ...]:
    """What is wrong with the formulas of a sheet, by their second road; a definition need only be finite somewhere."""
    faults = [fault for formula in sheet.formulas for fault in _formula(formula)]
    return (*faults, *(fault for row in sheet.gradients for fault in _gradients(row)))


def _formula(entry: SheetFormula) -> Iterator[Fault]:
    place = (*entry.origin.place, "formula")
    try:
        if told := _told(_against(entry, entry.formula)):
            yield entry.origin.document.fault(place, f"{entry.name}: {told}")
            return
        for wrong in entry.wrong:
            yield from _wrong(entry, wrong)
    except FaultError as error:
        yield from error.faults
    except (KeyError, ValueError) as error:
        remedy = "declare it in `symbols` or give it in `forward`"
        yield entry.origin.document.fault(place, f"{entry.name}: {error} has no value; {remedy}")


def _wrong(entry: SheetFormula, wrong: Wrong) -> Iterator[Fault]:
    told = _against(entry, wrong.formula)
    if told is None:
        message = f"{entry.name}: this form is given as wrong, and is right"
        yield wrong.origin.document.fault(wrong.origin.place, message)
    elif not told.compared:
        message = f"{entry.name}: this form is given as wrong, and cannot be told: {told.what}"
        yield wrong.origin.document.fault(wrong.origin.place, message)


def _against(entry: SheetFormula, formula: Formula) -> Disagreement | None:
    """Where the formula, right or wrong, disagrees with what the entry's check says."""
    check, typed = entry.check, right_side(formula)
    if check.word == "identity":
        return _sides(left_side(formula), typed)
    if check.word == "definition":
        return _finite(typed) if formula is entry.formula else _sides(entry.right_side, typed)
    road = _road(entry)
    names = {symbol for symbol in _needed(typed, entry.program) | _asked(road)}
    return disagreement(_narrowed(typed, names), road)


def _sides(left: Formula | None, right: Formula) -> Disagreement | None:
    """Where the two differ."""
    if left is None:
        return Disagreement("an identity is an equation: `left = right`")
    names = _needed(left, None) | _needed(right, None)
    left, right = _narrowed(left, names), _narrowed(right, names)
    compared = 0
    for case in sample_cases(right.scope, seed=f"identity:{right.text()}", points=POINTS):
        sides = [evaluate(side, case) for side in (left, right)]
        if sides[0].shape != sides[1].shape:
            return Disagreement("the sides have different shapes", str(sides[0].shape[1:]), str(sides[1].shape[1:]))
        for a, b in zip(*sides, strict=True):
            if np.isfinite(a).all() and np.isfinite(b).all():
                compared += 1
                if not np.allclose(a, b, rtol=1e-7, atol=1e-9 * max(1.0, float(np.abs(a).max(initial=0.0)))):
                    return Disagreement("the sides differ", str(a.tolist()), str(b.tolist()))
    return None if compared else Disagreement("the sides are nowhere both defined", compared=False)


def _finite(formula: Formula) -> Disagreement | None:
    cases = sample_cases(_narrowed(formula, _needed(formula, None)).scope, seed="sheet", points=POINTS)
    finite = any(np.isfinite(evaluate(formula, case)).all() for case in cases)  # inv(X.T @ X) wants N >= D
    return None if finite else Disagreement("not finite on any case")


def _road(entry: SheetFormula) -> Road:
    check, origin = entry.check, entry.origin
    drawing = check.simulation
    oracle = OracleSpec.model_construct(function=drawing.function if drawing else check.oracle, autograd=check.autograd)
    road = Road(oracle, Drawn(), entry.program, origin.document, (*origin.place, "check"))
    return replace(road, relative=drawing.within, points=SIMULATED_POINTS) if drawing else road


def _asked(road: Road) -> set[str]:
    """The names that a function of `solutions` asks for."""
    name = road.oracle.function
    return set(inspect.signature(found(name, road.document, road.path)).parameters) if name else set()


def _needed(formula: Formula, program: Program | None) -> set[str]:
    """The names that the formula and the program use."""
    trees = [formula.tree, *(line.formula.tree for line in program.lines if program)] if program else [formula.tree]
    trees += [definition.tree for definition in formula.scope.definitions.values()]
    return {variable.name for tree in trees for variable in variables(tree)}


def _narrowed(formula: Formula, names: set[str]) -> Formula:
    """The formula in a scope of these symbols alone: sections share theirs, and a case need not draw them all."""
    scope = formula.scope
    kept = {name: symbol for name, symbol in scope.symbols.items() if name in names}
    sizes = scope.dims | {size for size in scope.dimensions if size in names}
    return replace(formula, scope=replace(scope, symbols=kept, dims=sizes))


def _gradients(row: Gradients) -> Iterator[Fault]:
    place = (*row.origin.place, "forward")
    for step in row.steps:
        if step.of not in row.wanted:
            continue
        oracle = OracleSpec.model_construct(function=None, autograd=Autograd(of=row.loss, with_respect_to=step.of))
        road = Road(oracle, Drawn(), row.program, row.origin.document, place)
        formula = _narrowed(step.formula, _needed(step.formula, row.program))
        try:
            if told := _told(disagreement(formula, road)):
                yield row.origin.document.fault(place, f"{row.name}, by {step.of}: {told}")
        except FaultError as error:
            yield from error.faults


def _told(where: Disagreement | None) -> str:
    if where is None:
        return ""
    return f"{where.what}: expected {where.got}, printed gives {where.expected}" if where.got else where.what
