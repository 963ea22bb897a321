"""The check of cost: CPU time between two sizes, against two neutral kernels that run in the same sandbox.

    loop     a plain Python loop, some passes over the entries of the largest input
    arrays   some sixty operations on whole arrays of the input's size

Both see the same inputs on the same machine, so that its speed cancels; what costs less than the dearer of them passes.
Where memory is dear, as in a virtual machine, that is the second, else the first; an answer that visits the entries in
Python costs several times either. They are measured in turns, and one turn that is cheap enough suffices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grader.answers.code_bench import Bench
from grader.answers.code_judged import Judged, failed, passed
from grader.checks import CostCheck
from grader.keys import CodeCase
from grader.sandbox.report import Ending
from grader.verdict import Feedback

TURNS = 3
LOOP = """
import numpy
def {entry}({parameters}):
    values, total = [0.5] * 4096, 0.0
    for i in range({passes} * max(numpy.size(a) for a in ({parameters},))):
        total += values[i % 4096] * 0.5
    return {nothing}
"""
ARRAYS = """
import numpy
def {entry}({parameters}):
    largest = max((numpy.asarray(a) for a in ({parameters},)), key=numpy.size)
    for _ in range({times}):
        other = numpy.exp(largest * 0.5 - largest)
    return {nothing}
"""
TIMES = 20  # three operations each


def judge_cost(check: CostCheck, bench: Bench) -> Judged:
    """Whether the large call costs less than the dearer kernel. Raises SandboxError."""
    kernels = [replace(bench, source=_kernel(text, check, bench)) for text in (LOOP, ARRAYS)]
    ratios = []
    for _ in range(TURNS):
        used, *costs = [_growth(check, one) for one in (bench, *kernels)]
        allowed = max((cost for cost in costs if cost is not None), default=0.0)
        if used is None:  # stopped or broken: other checks tell why
            return failed(check, Feedback("code.cost-stopped"))
        if used <= allowed:
            return passed(check)
        ratios.append(used / max(allowed, 1e-6))
    return failed(check, Feedback("code.cost", {"times": f"{min(ratios):.1f}"}))


def _growth(check: CostCheck, bench: Bench) -> float | None:
    """CPU seconds of the large call less those of the small one, each in a fresh child; None where it was stopped."""
    seconds = [_seconds(bench, inputs) for inputs in (check.small, check.large)]
    small, large = seconds
    return None if small is None or large is None else large - small


def _seconds(bench: Bench, inputs: Mapping[str, Any]) -> float | None:
    report = bench.run([CodeCase(inputs, ())], measured=True).report
    return report.cpu_seconds if report.ending is Ending.OK else None


def _kernel(text: str, check: CostCheck, bench: Bench) -> str:
    outputs = len(bench.key.outputs)
    return text.format(
        entry=bench.key.entry,
        parameters=", ".join(bench.key.parameters),
        passes=check.passes,
        times=TIMES,
        nothing="0.0" if outputs == 1 else "(" + "0.0, " * outputs + ")",
    )
