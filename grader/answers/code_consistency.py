"""The check of a submission's own backward against its own forward, by central differences judged outside.

    along u:   sum(upstream * (f(x + h u) - f(x - h u))) / 2h   =   sum(gradient * u)

Each argument has a direction of its own, so that a wrong one is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.answers.code_bench import MIN_ROOM, ROOM_FACTOR, Bench
from grader.answers.code_endings import load_feedback, raised_feedback, stopped_feedback
from grader.answers.code_judged import Judged, failed, passed
from grader.answers.code_outputs import compared
from grader.answers.code_values import REAL_KINDS, Array, close
from grader.checks import ConsistencyCheck, Probe
from grader.keys import CodeCase
from grader.sandbox.report import Ending, Raised, Report, Returned
from grader.sandbox.task import Call
from grader.verdict import Feedback


@dataclass(frozen=True)
class Precision:
    """step: of the differences. tolerance: of a derivative, relative to the sum of its terms' sizes."""

    step: float
    tolerance: float


DOUBLE = Precision(1e-5, 1e-4)
SINGLE = Precision(1e-2, 3e-2)
"""For a forward function that computes in 32 bits: smaller steps would drown in its rounding."""


def judge_consistency(check: ConsistencyCheck, bench: Bench) -> Judged:
    """Every argument's derivative along its direction, at every probe. Raises SandboxError."""
    batch = bench.run([CodeCase(probe.inputs, ()) for probe in check.probes], shuffled=False)
    stopped = bench.stopped(batch)
    if stopped is not None:
        return failed(check, stopped)
    found = compared(
        batch.results, [CodeCase(p.inputs, (np.zeros(()),) * len(bench.key.outputs)) for p in check.probes], bench.key
    )
    if found.problem is not None:
        return failed(check, found.problem)
    gradients = {name: output for name, output in zip(bench.key.outputs, found.each, strict=True)}
    values = _forward(check, bench, DOUBLE)
    if not isinstance(values, Feedback) and any(v.dtype.itemsize < 8 for v in values):
        return _judged(check, gradients, _forward(check, bench, SINGLE), SINGLE)
    return _judged(check, gradients, values, DOUBLE)


def _judged(
    check: ConsistencyCheck, gradients: Mapping[str, Any], values: Sequence[Array] | Feedback, precision: Precision
) -> Judged:
    if isinstance(values, Feedback):
        return failed(check, values)
    wrong: list[str] = []
    at = iter(values)
    forward_right = True
    for place, probe in enumerate(check.probes):
        base = next(at)
        forward_right &= close(base, probe.forward, tolerance=1e-6)
        for name, argument in check.of.items():
            above, below = next(at), next(at)
            if isinstance(gradients[name], Feedback):
                return failed(check, gradients[name])
            gradient = gradients[name].got[place]
            if gradient.dtype.kind not in REAL_KINDS:
                return failed(check, Feedback("code.complex", {"output": name}))
            fits = _fits(gradient, probe, argument, (base, above, below), precision)
            if not fits and argument not in wrong:
                wrong.append(argument)
    if wrong:
        names = ", ".join(f"`{name}`" for name in wrong)
        return failed(check, Feedback("code.inconsistent", {"forward": check.forward, "arguments": names}))
    if not forward_right:
        return failed(check, Feedback("code.forward-wrong", {"forward": check.forward}))
    return passed(check)


def _fits(
    gradient: Array, probe: Probe, argument: str, values: tuple[Array, Array, Array], precision: Precision
) -> bool:
    """Whether the gradient's slope along the direction is that of the forward function."""
    direction, (base, above, below) = probe.directions[argument], values
    if gradient.shape != direction.shape or not base.shape == above.shape == below.shape == probe.upstream.shape:
        return False
    with np.errstate(all="ignore"):
        terms = probe.upstream * (above.astype(np.float64) - below.astype(np.float64)) / (2 * precision.step)
        products = gradient.astype(np.float64) * direction
        gap, size = abs(float(terms.sum() - products.sum())), float(np.abs(terms).sum() + np.abs(products).sum())
    return bool(np.isfinite(size) and size > 0 and gap <= precision.tolerance * size)


def _forward(check: ConsistencyCheck, bench: Bench, precision: Precision) -> list[Array] | Feedback:
    """The forward function at every probe, and for each argument a step forth and back; or why there are none."""
    calls = [Call(inputs, _room(probe)) for probe in check.probes for inputs in _points(check, probe, precision.step)]
    report = bench.calls(check.forward, check.parameters, calls)
    problem = _problem(report, check, bench)
    if problem is not None:
        return problem
    values = [result.items[0] for result in report.results if isinstance(result, Returned)]
    arrays = [value for value in values if isinstance(value, np.ndarray) and value.dtype.kind == "f"]
    if len(arrays) < len(calls):
        return Feedback("code.forward-type", {"forward": check.forward})
    return arrays


def _points(check: ConsistencyCheck, probe: Probe, step: float) -> Iterator[dict[str, Any]]:
    base = {name: probe.inputs[name] for name in check.parameters}
    yield base
    for argument in check.of.values():
        for sign in (1, -1):
            yield {**base, argument: base[argument] + sign * step * probe.directions[argument]}


def _problem(report: Report, check: ConsistencyCheck, bench: Bench) -> Feedback | None:
    """Why the forward function gave no arrays."""
    from dataclasses import replace

    key = replace(bench.key, entry=check.forward, parameters=check.parameters)
    if report.failure is not None and report.ending is Ending.LOAD_ERROR:
        return load_feedback(report.failure, key)
    if report.ending not in (Ending.OK, Ending.RUNTIME_ERROR):
        return stopped_feedback(report, key)
    lines = bench.source.count("\n") + 1
    for result in report.results:
        if isinstance(result, Raised):
            return raised_feedback(result.problem, key, shown=False, times=f"in `{check.forward}`", lines=lines)
    return None


def _room(probe: Probe) -> int:
    return MIN_ROOM + ROOM_FACTOR * probe.forward.nbytes
