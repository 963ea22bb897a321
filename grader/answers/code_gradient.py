"""The check of returned gradients against autograd, argument by argument."""

from __future__ import annotations

from grader.answers.code_bench import Bench
from grader.answers.code_example import with_examples
from grader.answers.code_judged import Judged, failed, passed
from grader.answers.code_outputs import compared, problem_of
from grader.checks import GradientCheck
from grader.verdict import Feedback


def judge_gradient(check: GradientCheck, bench: Bench) -> Judged:
    """Each gradient by itself, on cases of its own; the feedback names the argument. Raises SandboxError."""
    batch = bench.run(check.cases)
    stopped = bench.stopped(batch)
    found = None if stopped else compared(batch.results, batch.cases, bench.key)
    problem = stopped or (found.problem if found else None)
    if found is None or problem is not None:
        return failed(check, *([problem] if problem else []))
    outputs = dict(zip(bench.key.outputs, found.each, strict=True))
    problems = {name: problem_of(outputs[name]) for name in check.of}
    wrong = {name: problem for name, problem in problems.items() if problem is not None}
    if not wrong:
        return passed(check)
    named = ", ".join(f"`{check.of[name]}` (`{name}`)" for name in wrong)
    fine = ", ".join(f"`{check.of[name]}`" for name in check.of if name not in wrong) or "none"
    told = Feedback("code.gradient", {"wrong": named, "right": fine})
    return failed(check, told, *with_examples(list(wrong.values()), bench), share=1 - len(wrong) / len(check.of))
