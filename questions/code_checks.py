"""The checks of a code question as its key holds them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import numpy as np

from grader.checks import (
    Check,
    ConsistencyCheck,
    CostCheck,
    DeterminismCheck,
    DtypeCheck,
    ForbidCheck,
    GradientCheck,
    Probe,
    PurityCheck,
    StabilityCheck,
    StateCheck,
    TrajectoryCheck,
    ValuesCheck,
)
from grader.keys import CodeCase
from questions.build_key import Site
from questions.case_inputs import large_inputs
from questions.code_results import Group, Results
from questions.context import declared
from questions.references import found
from questions.schema_code import ChecksSpec, Code, ConsistencySpec, CostSpec


def checks_of(site: Site, spec: Code, results: Results) -> tuple[Check, ...]:
    """The declared checks, in the order in which they are told."""
    assert spec.checks is not None
    return (*_on_values(spec, spec.checks, results), *_on_behaviour(site, spec, spec.checks, results))


def _on_values(spec: Code, checks: ChecksSpec, results: Results) -> Iterator[Check]:
    if checks.values:
        yield ValuesCheck(checks.values.marks, _for_values(spec, checks))
    if checks.trajectory:
        yield TrajectoryCheck(checks.trajectory.marks, checks.trajectory.outputs)
    if checks.gradient:
        yield GradientCheck(checks.gradient.marks, checks.gradient.of, _cases(results.groups["gradient"]))
    if checks.stability:
        yield StabilityCheck(checks.stability.marks, _cases(results.groups["stability"]))
    if checks.dtype:
        yield DtypeCheck(checks.dtype.marks, _cases(results.groups["dtype"]))


def _on_behaviour(site: Site, spec: Code, checks: ChecksSpec, results: Results) -> Iterator[Check]:
    if checks.consistency:
        yield _consistency(site, checks.consistency, results.groups["probes"])
    if checks.determinism:
        yield DeterminismCheck(checks.determinism.marks)
    if checks.state:
        yield StateCheck(checks.state.marks)
    if checks.cost:
        yield _cost(site, spec, checks.cost)
    if checks.purity:
        yield PurityCheck(checks.purity.marks)
    if checks.forbid:
        yield ForbidCheck(checks.forbid.marks, checks.forbid.parts)


def _for_values(spec: Code, checks: ChecksSpec) -> tuple[str, ...]:
    """The outputs that no other check names, or all where none is left."""
    named = {
        *(checks.gradient.of if checks.gradient else ()),
        *(checks.trajectory.outputs if checks.trajectory else ()),
    }
    return tuple(name for name in spec.returns if name not in named) or tuple(spec.returns)


def _cases(group: Group) -> tuple[CodeCase, ...]:
    """All of them hidden."""
    rows = zip(group.inputs, group.expected, group.conditions, strict=True)
    return tuple(CodeCase(inputs, outputs, False, conditions) for inputs, outputs, conditions in rows)


def _consistency(site: Site, spec: ConsistencySpec, group: Group) -> ConsistencyCheck:
    path = (*site.answer_path, "checks", "consistency", "reference")
    wanted = inspect.signature(found(spec.reference, site.context.document, path)).parameters
    names = tuple(name for name in wanted if name in group.inputs[0])
    probes = tuple(
        Probe(inputs, dict(zip(spec.of.values(), directions, strict=True)), forward, np.asarray(inputs[spec.upstream]))
        for inputs, (forward, *directions) in zip(group.inputs, group.expected, strict=True)
    )
    return ConsistencyCheck(spec.marks, spec.forward, names, spec.of, probes)


def _cost(site: Site, spec: Code, cost: CostSpec) -> CostCheck:
    parameters = declared(spec.every)
    try:
        small, large = (
            large_inputs(parameters, {dim: pair[i] for dim, pair in cost.sizes.items()}, seed=site.seed) for i in (0, 1)
        )
    except ValueError as error:
        raise site.fault((*site.answer_path, "checks", "cost"), str(error)) from None
    return CostCheck(cost.marks, small, large, cost.passes)
