"""What the tests of derivations share: torch's gradients of a program, and how far a formula's values are from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from grader.formula.cases import Case, sample_cases
from grader.formula.derive import Derivation
from grader.formula.reading import Formula, Program, evaluate, evaluate_torch, read

CLOSE = 1e-9  # relative to the largest entry
SMALL = 1e-4  # a gradient below is taken for one that is 0 but for rounding
POINTS = 2  # of a case: entries of the size of 1


def torch_gradients(program: Program, of: str, names: Sequence[str], case: Case) -> dict[str, np.ndarray]:
    """d of / d name for each name at the case's points by autograd: float64 (P, *shape)."""
    tensors = {n: torch.tensor(v, requires_grad=True) for n, v in case.values.items()}
    for line in program.lines:  # each once: a name that is used twice is not computed twice
        value = evaluate_torch(line.formula, tensors, case.dims)
        tensors[line.name] = value.expand((case.points, *value.shape[1:])).clone()
        if tensors[line.name].requires_grad:
            tensors[line.name].retain_grad()
    tensors[of].sum().backward()
    found = {name: tensors[name].grad for name in names}
    return {n: np.zeros(tuple(tensors[n].shape)) if g is None else g.numpy() for n, g in found.items()}


def with_lines(program: Program, case: Case) -> Case:
    """The case with the values of the program's lines, each computed once."""
    values = dict(case.values)
    for line in program.lines:
        values[line.name] = evaluate(line.formula, replace(case, values=values))
    return replace(case, values=values)


def gap(formula: Formula, wanted: np.ndarray, case: Case) -> float:
    """The largest difference relative to the largest entry; infinite where the shapes differ."""
    got = evaluate(formula, case)
    if got.shape != wanted.shape:
        return float("inf")
    usable = np.isfinite(wanted) & np.isfinite(got)
    if not usable.any():
        return 0.0
    size = max(float(np.abs(wanted[usable]).max()), SMALL)
    return float(np.abs(got - wanted)[usable].max()) / size


def is_name(of: str, program: Program) -> bool:
    """Whether a step's gradient is that of a name; a part of a formula has none, and so none that torch would keep."""
    return of in program.scope.symbols or any(line.name == of for line in program.lines)


def wrong_steps(derivation: Derivation, seed: str) -> list[str]:
    """What is wrong: a step that is not torch's gradient, or that does not read back as printed.

    A part of a formula without a name of its own is judged by the steps that use it.
    """
    program, wrong = derivation.program, []
    names = [step.of for step in derivation.steps if is_name(step.of, program)]
    for plain in sample_cases(program.scope, seed=seed, settings=2, points=POINTS):
        wanted = torch_gradients(program, derivation.of, names, plain)
        case = with_lines(program, plain)
        for step in derivation.steps:
            if step.of not in wanted:
                case = replace(case, values={**case.values, step.name: evaluate(step.formula, case)})
                continue
            closed = derivation.closed(step.of)
            if (far := gap(closed, wanted[step.of], case)) > CLOSE:
                wrong.append(f"closed {step.name} = {closed.text()} is off by {far:.2g}")
            if (far := gap(step.formula, wanted[step.of], case)) > CLOSE:
                wrong.append(f"step {step.name} = {step.formula.text()} is off by {far:.2g}")
            case = replace(case, values={**case.values, step.name: wanted[step.of]})
    for step in derivation.steps:
        text = step.formula.text()
        if read(text, derivation.scope).tree != step.formula.tree:
            wrong.append(f"{step.name} = {text} reads back as something else")
    return wrong
