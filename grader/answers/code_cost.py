"""The check of cost: CPU time between two sizes, against a plain Python loop over the same entries.

The loop runs in the same sandbox on the same inputs, so that the machine's speed cancels; CPU time does not grow while
others use the machine. A vectorised answer is many times cheaper than the loop, one that visits the entries in Python
is dearer. Both are measured in turns, and one turn in which the submission is
cheaper is enough to pass.
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
KERNEL = """
def {entry}({parameters}):
    values, total = {values}, 0.0
    for i in range({entries}):
        total += values[i % 4096] * 0.5
    return {nothing}
"""
"""A neutral loop: an index, a product and a sum for each entry."""


def judge_cost(check: CostCheck, bench: Bench) -> Judged:
    """Whether the large call costs less than the loop over its entries. Raises SandboxError."""
    loop = replace(bench, source=_kernel(check, bench))
    ratios = []
    for _ in range(TURNS):
        allowed, used = _growth(check, loop), _growth(check, bench)
        if used is None or allowed is None:  # stopped or broken: other checks tell why
            return failed(check, Feedback("code.cost-stopped"))
        if used <= allowed:
            return passed(check)
        ratios.append(used / max(allowed, 1e-6))
    return failed(check, Feedback("code.cost", {"times": f"{min(ratios):.1f}", "entries": check.entries}))


def _growth(check: CostCheck, bench: Bench) -> float | None:
    """CPU seconds of the large call less those of the small one, each in a fresh child; None where it was stopped."""
    seconds = [_seconds(bench, inputs) for inputs in (check.small, check.large)]
    small, large = seconds
    return None if small is None or large is None else large - small


def _seconds(bench: Bench, inputs: Mapping[str, Any]) -> float | None:
    report = bench.run([CodeCase(inputs, ())]).report
    return report.cpu_seconds if report.ending is Ending.OK else None


def _kernel(check: CostCheck, bench: Bench) -> str:
    outputs = len(bench.key.outputs)
    return KERNEL.format(
        entry=bench.key.entry,
        parameters=", ".join(bench.key.parameters),
        values="[0.5] * 4096",
        entries=check.entries,
        nothing="0.0" if outputs == 1 else "(" + "0.0, " * outputs + ")",
    )
