"""The checks at extreme inputs, and with 32-bit ones."""

from __future__ import annotations

import numpy as np

from grader.answers.code_bench import Batch, Bench
from grader.answers.code_judged import Judged, failed, passed
from grader.answers.code_outputs import compared, problem_of
from grader.answers.code_values import REAL_KINDS
from grader.checks import DtypeCheck, StabilityCheck
from grader.sandbox.report import Returned
from grader.verdict import Feedback


def judge_stability(check: StabilityCheck, bench: Bench) -> Judged:
    """Every output right at every extreme input. Raises SandboxError."""
    batch = bench.run(check.cases)
    stopped = bench.stopped(batch)
    if stopped is not None:
        return failed(check, Feedback("code.stability-stopped"), stopped)
    found = compared(batch.results, batch.cases, bench.key)
    if found.problem is not None:
        return failed(check, found.problem)
    wrong = [problem for problem in map(problem_of, found.each) if problem is not None]
    if not wrong:
        return passed(check)
    if not all(_finite(batch, i) for i in batch.results):
        return failed(check, Feedback("code.stability-not-finite"))
    return failed(check, Feedback("code.stability-values"), *wrong)


def judge_dtype(check: DtypeCheck, bench: Bench) -> Judged:
    """Every output in the dtype of the inputs, and right to its digits. Raises SandboxError."""
    batch = bench.run(check.cases)
    stopped = bench.stopped(batch)
    if stopped is not None:
        return failed(check, Feedback("code.dtype-stopped", {"wanted": "float32"}), stopped)
    found = compared(batch.results, batch.cases, bench.key)
    if found.problem is not None:
        return failed(check, found.problem)
    for output in found.each:
        if isinstance(output, Feedback):
            return failed(check, output)
        for got, expected in zip(output.got, output.expected, strict=True):
            if got.dtype != expected.dtype:
                data = {"output": output.name, "got": got.dtype.name, "wanted": expected.dtype.name}
                return failed(check, Feedback("code.dtype-kept", data))
    wrong = [problem for problem in map(problem_of, found.each) if problem is not None]
    return failed(check, *wrong) if wrong else passed(check)


def _finite(batch: Batch, i: int) -> bool:
    result = batch.results[i]
    arrays = result.items if isinstance(result, Returned) else ()
    return all(
        bool(np.isfinite(array).all())
        for array in arrays
        if isinstance(array, np.ndarray) and array.dtype.kind in REAL_KINDS
    )
