"""The checks on the key's own cases: values, and trajectories whose first axis counts training steps."""

from __future__ import annotations

import numpy as np

from grader.answers.code_bench import Batch, Bench
from grader.answers.code_diagnosis import Output
from grader.answers.code_example import with_examples
from grader.answers.code_judged import Judged, failed, passed
from grader.answers.code_outputs import Compared, compared, declared_mistake, problem_of
from grader.answers.code_steps import first_divergence, step_feedback
from grader.answers.code_values import REAL_KINDS
from grader.checks import TrajectoryCheck, ValuesCheck
from grader.verdict import Feedback


def judge_values(check: ValuesCheck, bench: Bench, batch: Batch) -> Judged:
    """The named outputs, each over all cases."""
    found = _compared(bench, batch)
    if found.problem is not None:
        return failed(check, found.problem)
    key = bench.key
    problems = {name: problem_of(found.each[key.outputs.index(name)]) for name in check.outputs}
    fine = [name for name, problem in problems.items() if problem is None]
    if len(fine) == len(problems):
        return passed(check)
    name, says = declared_mistake(found.each, key)
    feedback = says or with_examples([p for p in problems.values() if p is not None], bench)
    if not fine:
        return failed(check, *feedback, mistake=name)
    share = Feedback("code.partial", {"right": len(fine), "outputs": len(problems), "names": ", ".join(fine)})
    return failed(check, share, *feedback, share=len(fine) / len(problems), mistake=name)


def judge_trajectory(check: TrajectoryCheck, bench: Bench, batch: Batch) -> Judged:
    """The parameters after each step; what is told is the one that diverges first, and where."""
    found = _compared(bench, batch)
    if found.problem is not None:
        return failed(check, found.problem)
    outputs = {name: found.each[bench.key.outputs.index(name)] for name in check.outputs}
    problems = {name: problem_of(output) for name, output in outputs.items()}
    wrong = [name for name, problem in problems.items() if problem is not None]
    if not wrong:
        return passed(check)
    share = 1 - len(wrong) / len(outputs)
    mistake, says = declared_mistake(found.each, bench.key)
    first = min(wrong, key=lambda name: _step(outputs[name]))
    output, problem = outputs[first], problems[first]
    assert problem is not None
    if not _has_steps(output):
        return failed(check, problem, share=share, mistake=mistake)
    assert isinstance(output, Output)
    told = says or ((problem,) if problem.code in NAMED else ())
    return failed(check, step_feedback(output), *told, share=share, mistake=mistake)


NAMED = frozenset(
    "code.sign code.factor code.transposed code.shifted-late code.shifted-early code.reversed code.zeros".split()
)
"""Remarks on whole arrays that say more than the step at which they diverge."""


def _step(output: Output | Feedback) -> float:
    """The first step that diverges; none at all is before any."""
    return first_divergence(output)[1] if isinstance(output, Output) and _has_steps(output) else -np.inf


def _has_steps(output: Output | Feedback) -> bool:
    """True for real arrays of the expected shapes."""
    if isinstance(output, Feedback):
        return False
    pairs = zip(output.got, output.expected, strict=True)
    return all(a.shape == b.shape and a.dtype.kind in REAL_KINDS for a, b in pairs)


def _compared(bench: Bench, batch: Batch) -> Compared:
    stopped = bench.stopped(batch)
    return Compared(problem=stopped) if stopped else compared(batch.results, batch.cases, bench.key)
