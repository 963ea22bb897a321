"""Judging code: run the submission in confined children, compare what it returns, say why it is wrong.

Shown cases run first, so that whatever a submission says about them cannot hold values of the hidden ones; the hidden
ones follow in an order that depends on the submission.
"""

from __future__ import annotations

from dataclasses import replace

from grader.answers.code_accuracy import judge_accuracy
from grader.answers.code_bench import Batch, Bench
from grader.answers.code_checks import judge_checks
from grader.answers.code_consistent import check_key
from grader.answers.code_endings import load_feedback, stopped_feedback, text_feedback
from grader.keys import CodeKey
from grader.sandbox.report import Ending, Report, SandboxError
from grader.sandbox.sandbox import Sandbox
from grader.verdict import Evidence, Feedback, Outcome, Verdict, unreadable, wrong


def judge_code(source: str, key: CodeKey, sandbox: Sandbox) -> Verdict:
    """The verdict on a source text. Nothing that the submission does raises; what breaks on our side is a fault.

    Raises AuthorError where the key itself is inconsistent.
    """
    check_key(key)
    source = source.removeprefix("\ufeff")  # some editors begin every file with this mark
    problem = text_feedback(source, key)
    if problem is not None:
        return unreadable(problem)
    bench = Bench(source, key, sandbox)
    try:
        report = bench.loads() if key.steps else None
        if report is not None and report.ending is not Ending.OK:
            return replace(_without_arrays(bench, Batch((), report, {})), level=report.level)
        batch = bench.run(key.cases)
        return replace(_verdict(bench, batch), level=batch.report.level)
    except SandboxError as error:
        return Verdict(Outcome.FAULT, 0.0, (Feedback("fault", {"what": str(error)}),))


def _verdict(bench: Bench, batch: Batch) -> Verdict:
    key, report = bench.key, batch.report
    several = len(key.checks) > 1
    if _fatal(report) or (bench.raised(batch) is not None and not several):
        return _without_arrays(bench, batch)
    if key.accuracy is not None:
        return judge_accuracy(batch.results[0], key.accuracy, reading=reading(key))
    return judge_checks(bench, batch, reading=reading(key))


def _fatal(report: Report) -> bool:
    return report.failure is not None or report.ending not in (Ending.OK, Ending.RUNTIME_ERROR)


def _without_arrays(bench: Bench, batch: Batch) -> Verdict:
    """The verdict on a file without the function, or one that was stopped or raised an exception."""
    key, report = bench.key, batch.report
    if report.failure is not None and report.ending is Ending.LOAD_ERROR:
        return unreadable(load_feedback(report.failure, key))
    stopped = report.ending not in (Ending.OK, Ending.RUNTIME_ERROR)
    told = stopped_feedback(report, key) if stopped else bench.raised(batch)
    assert told is not None
    return wrong(told, reading=reading(key), evidence=Evidence.RUN)


def reading(key: CodeKey) -> str:
    """What was called."""
    return f"{key.entry}({', '.join(key.parameters)})"
