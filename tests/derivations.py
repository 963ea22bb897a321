"""What the tests of derivations share: torch's gradients of a program, and how far a formula's values are from them."""

from __future__ import annotations

import numpy as np
import torch

from grader.formula.cases import Case, sample_cases
from grader.formula.derive import Derivation
from grader.formula.printer import numpy_text
from grader.formula.reading import Formula, Program, evaluate, evaluate_torch, read

POINTS = 2  # of a case: entries of the size of 1


def torch_gradient(program: Program, of: str, name: str, case: Case) -> np.ndarray:
    """d of / d name at the case's points by autograd: float64 (P, *shape)."""
    tensors = {n: torch.tensor(v) for n, v in case.values.items()}
    if name not in tensors:
        tensors[name] = evaluate_torch(program[name], tensors, case.dims).detach()
        shape = (case.points, *tensors[name].shape[1:])
        tensors[name] = tensors[name].expand(shape).clone()
    leaf = tensors[name].requires_grad_()
    total = evaluate_torch(program[of], tensors, case.dims).sum()
    if not total.requires_grad:
        return np.zeros(leaf.shape)
    (found,) = torch.autograd.grad(total, leaf, allow_unused=True)
    return np.zeros(leaf.shape) if found is None else found.numpy()


def gap(formula: Formula, wanted: np.ndarray, case: Case) -> float:
    """The largest difference relative to the largest entry; infinite where the shapes differ."""
    got = evaluate(formula, case)
    if got.shape != wanted.shape:
        return float("inf")
    usable = np.isfinite(wanted) & np.isfinite(got)
    if not usable.any():
        return 0.0
    size = max(float(np.abs(wanted[usable]).max()), 1e-9)
    return float(np.abs(got - wanted)[usable].max()) / size


def wrong_steps(derivation: Derivation, seed: str) -> list[str]:
    """What is wrong: a step that is not torch's gradient, or that does not read back as printed."""
    program, wrong = derivation.program, []
    for case in sample_cases(program.scope, seed=seed, settings=2, points=POINTS):
        for step in derivation.steps:
            wanted = torch_gradient(program, derivation.of, step.of, case)
            for told, formula in (("step", step.formula), ("closed", derivation.closed(step.of))):
                scope = derivation.scope if told == "step" else program.scope
                if (far := gap(Formula(formula.tree, scope), wanted, case)) > 1e-9:
                    wrong.append(
                        f"{told} {step.name} = {numpy_text(formula.tree)}: off by {far:.2g} at {dict(case.dims)}"
                    )
    for step in derivation.steps:
        text = numpy_text(step.formula.tree)
        if read(text, derivation.scope).tree != step.formula.tree:
            wrong.append(f"{step.name} = {text} reads back as something else")
    return wrong
