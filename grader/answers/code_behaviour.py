"""The checks on what a call leaves behind: a state that is not asked for, changed inputs, use of forbidden parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.answers.code_bench import Batch, Bench
from grader.answers.code_judged import Judged, failed, passed
from grader.answers.code_values import close
from grader.checks import DeterminismCheck, ForbidCheck, PurityCheck, StateCheck
from grader.sandbox.report import CallResult, Returned
from grader.verdict import Feedback

SAME = 1e-9
"""Two runs of the same arithmetic may differ by rounding: where arrays lie in memory decides how they are added up."""


def judge_determinism(check: DeterminismCheck, bench: Bench) -> Judged:
    """Each case twice in a row. Raises SandboxError."""
    cases = [case for case in bench.key.cases for _ in range(2)]
    batch = bench.run(cases, shuffled=False)
    stopped = bench.stopped(batch)
    if stopped is not None:
        return failed(check, stopped)
    pairs = [(batch.results[i], batch.results[i + 1]) for i in range(0, len(cases), 2)]
    different = sum(not _same(a, b) for a, b in pairs)
    if not different:
        return passed(check)
    return failed(check, Feedback("code.not-repeatable", {"different": different, "cases": len(pairs)}))


def judge_state(check: StateCheck, bench: Bench, batch: Batch) -> Judged:
    """The case that ran last, alone in a fresh process: nothing that ran before it may show. Raises SandboxError."""
    stopped = bench.stopped(batch)
    if stopped is not None:
        return failed(check, stopped)
    last = list(batch.results)[-1]
    case = batch.cases[last]
    alone = bench.run([case])
    if len(batch.cases) == 1:  # nothing ran before it: let it run before itself
        batch = bench.run([case, case], shuffled=False)
        last = 1
    stopped = bench.stopped(alone) or bench.stopped(batch)
    if stopped is not None:
        return failed(check, stopped)
    if _same(alone.results[0], batch.results[last]):
        return passed(check)
    return failed(check, Feedback("code.leftover-state", {"entry": bench.key.entry}))


def judge_purity(check: PurityCheck, batch: Batch) -> Judged:
    """No input was changed, as the submission's process reports."""
    known = [name for case in batch.cases[:1] for name in case.inputs]
    changed = [name for name in known if any(name in result.changed for result in _returned(batch))]
    if changed:
        return failed(check, Feedback("code.changes-inputs", {"names": ", ".join(f"`{name}`" for name in changed)}))
    return passed(check) if _all_returned(batch) else failed(check)


def judge_forbid(check: ForbidCheck, batch: Batch) -> Judged:
    """No forbidden part was used, as the submission's process reports."""
    used = [part for part in check.parts if any(part in result.used for result in _returned(batch))]
    if used:
        return failed(check, Feedback("code.forbidden-part", {"parts": ", ".join(f"torch.{part}" for part in used)}))
    return passed(check) if _all_returned(batch) else failed(check)


def _returned(batch: Batch) -> Sequence[Returned]:
    return [result for result in batch.results.values() if isinstance(result, Returned)]


def _all_returned(batch: Batch) -> bool:
    return len(_returned(batch)) == len(batch.cases)


def _same(one: CallResult, other: CallResult) -> bool:
    if not isinstance(one, Returned) or not isinstance(other, Returned):
        return one == other
    return all(_same_item(a, b) for a, b in zip(one.items, other.items, strict=True))


def _same_item(one: object, other: object) -> bool:
    if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
        return not isinstance(one, np.ndarray) and not isinstance(other, np.ndarray) and one == other
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype.kind not in "biuf":
        return bool(np.array_equal(one, other))
    nan = np.isnan(one.astype(np.float64))
    if not np.array_equal(nan, np.isnan(other.astype(np.float64))):
        return False
    return close(np.where(nan, 0, one), np.where(nan, 0, other), tolerance=SAME)
