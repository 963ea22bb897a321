"""Points at which a submission's forward is differentiated by finite differences."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.formula.symbols import Symbol
from questions.case_inputs import Inputs, nudged
from questions.code_results import Group, Outputs
from questions.schema_code import ConsistencySpec

WANTED = 3
STEP = 1e-5
FITS = 1e-5
OFF_THE_GRID = 0.05


def probes(
    candidates: Sequence[Inputs],
    spec: ConsistencySpec,
    forward: Callable[..., Any],
    backward: Callable[[Inputs], Outputs],
    outputs: Sequence[str],
    parameters: Mapping[str, Symbol],
) -> Group:
    """The first candidates at which the right forward and backward fit each other; a kink nearby would forbid that.

    Inputs are those of the backward; expected are the forward's value and a direction for each argument.
    Raises ValueError where too few fit, and so forward and backward do not belong together.
    """
    names = [name for name in inspect.signature(forward).parameters if name in parameters]
    kept: list[tuple[Inputs, Outputs]] = []
    for seed, candidate in enumerate(candidates):
        inputs = nudged(parameters, candidate, OFF_THE_GRID, seed=seed)
        draw = np.random.default_rng(seed)
        directions = {a: draw.normal(size=np.shape(inputs[a])) for a in spec.of.values()}
        gradients = dict(zip(outputs, backward(inputs), strict=True))
        at = {name: inputs[name] for name in names}
        value = np.asarray(forward(**at))
        if value.shape != np.shape(inputs[spec.upstream]):
            raise ValueError(f"{spec.reference} gives shape {value.shape}, {spec.upstream} has another")
        slopes = [_slope(forward, at, a, directions[a], inputs[spec.upstream]) for a in spec.of.values()]
        right = [float(np.sum(gradients[o] * directions[a])) for o, a in spec.of.items()]
        sizes = [float(np.sum(np.abs(gradients[o] * directions[a]))) for o, a in spec.of.items()]
        if all(s and abs(a - b) <= FITS * s for a, b, s in zip(slopes, right, sizes, strict=True)):
            kept.append((inputs, (value, *directions.values())))
    if len(kept) < WANTED:
        raise ValueError(f"{spec.reference} fits the reference at {len(kept)} of {len(candidates)} points")
    ones = tuple((1.0,) * (1 + len(spec.of)) for _ in kept[:WANTED])
    return Group(tuple(i for i, _ in kept[:WANTED]), tuple(o for _, o in kept[:WANTED]), ones)


def _slope(forward: Callable[..., Any], at: Inputs, argument: str, direction: Any, upstream: Any) -> float:
    above = np.asarray(forward(**{**at, argument: at[argument] + STEP * direction}))
    below = np.asarray(forward(**{**at, argument: at[argument] - STEP * direction}))
    return float(np.sum(upstream * (above - below)) / (2 * STEP))
