"""Gradients of a forward program by torch autograd: a road to a key that shares no derivative with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.formula.arrays import Arrays
from grader.formula.cases import Case
from grader.formula.positions import Environment
from grader.formula.reading import Program
from grader.formula.tree import Expr


def gradient(program: Program, of: str, with_respect_to: str, case: Case) -> NDArray[np.float64]:
    """d of / d with_respect_to at each point of the case: float64 (P, *shape of with_respect_to).

    of: a scalar of the program. with_respect_to: a symbol, or a name of the program (an intermediate value).
    Raises KeyError for a name that the program does not have, ValueError where `of` is not a scalar.
    """
    import torch

    if program[of].shape:
        raise ValueError(f"{of} must be a scalar to have a gradient, it has shape {program[of].shape}")
    values: dict[str, Any] = {name: torch.tensor(value, requires_grad=True) for name, value in case.values.items()}
    for line in program.lines:
        value = _value(line.formula.tree, program, values, case)
        values[line.name] = value.expand((case.points, *value.shape[1:]))
    target = values[with_respect_to]
    if not values[of].requires_grad:  # no value enters: a sum without terms
        return np.zeros(tuple(target.shape))
    (found,) = torch.autograd.grad(values[of].sum(), target, allow_unused=True)
    return np.zeros(tuple(target.shape)) if found is None else found.numpy()


def _value(tree: Expr, program: Program, values: dict[str, Any], case: Case) -> Any:
    import torch

    def make(nested: Any) -> Any:
        return torch.as_tensor(nested, dtype=torch.float64)

    # values of earlier lines are put in as tensors, so that a gradient can stop at any of them
    return Arrays(torch, make, torch.erf, Environment(program.scope, case.dims, values)).value(tree)


def argument_gradients(
    forward: Any, inputs: Mapping[str, Any], arguments: Sequence[str], upstream: NDArray[np.float64] | None
) -> list[NDArray[np.float64]]:
    """dL/d(argument) of a function on tensors, in each argument's shape.

    forward: a function of `solutions.forwards`; inputs: everything that it may ask for, by name. upstream: dL/d(its
    output), None where the output is L.
    """
    import inspect

    import torch

    values = {name: torch.tensor(v, dtype=torch.float64) if _floats(v) else v for name, v in inputs.items()}
    leaves = [values[name].requires_grad_() for name in arguments]
    wanted = inspect.signature(forward).parameters
    output = forward(**{name: values[name] for name in wanted if name in values})
    seed = None if upstream is None else torch.tensor(upstream, dtype=torch.float64)
    found = torch.autograd.grad(output, leaves, seed, allow_unused=True)
    return [np.zeros(tuple(x.shape)) if g is None else g.numpy() for x, g in zip(leaves, found, strict=True)]


def _floats(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"
