"""Feedback on a submission that could not be read, was stopped, or raised an exception."""

from __future__ import annotations

from grader.answers.code_names import told_exception
from grader.keys import CodeKey
from grader.sandbox.places import PACKAGES
from grader.sandbox.report import Ending, LoadFailure, Problem, Report
from grader.verdict import Feedback

MAX_SOURCE = 200_000
ALLOWED = {"numpy": "NumPy", "torch": "NumPy and PyTorch"}


def text_feedback(source: str, key: CodeKey) -> Feedback | None:
    """What keeps the text from being Python source at all, or None. Nothing is compiled for this."""
    if not source.strip():
        return Feedback("code.empty", {"entry": key.entry, "parameters": ", ".join(key.parameters)})
    if len(source) > MAX_SOURCE:
        return Feedback("code.too-long", {"length": len(source), "limit": MAX_SOURCE})
    if "\0" in source:
        return Feedback("code.null", {"line": _line_of(source, source.index("\0"))})
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as error:  # bytes that were no text when the file was read
        return Feedback("code.encoding", {"line": _line_of(source, error.start)})
    return None


def load_feedback(failure: LoadFailure, key: CodeKey) -> Feedback:
    """Why the submission has no function that can be called."""
    parameters = ", ".join(key.parameters)
    if failure.at == "parameters":
        data = {"entry": key.entry, "signature": failure.signature, "parameters": parameters}
        return Feedback("code.parameters", data)
    if failure.problem is not None:
        message, line = failure.problem.message or failure.problem.type, failure.problem.line
        return Feedback("code.syntax" if line else "code.syntax-nowhere", {"message": message, "line": line})
    if failure.exists:
        return Feedback("code.not-a-function", {"entry": key.entry})
    data = {"entry": key.entry, "parameters": parameters, "found": ", ".join(failure.found)}
    return Feedback("code.no-function-found" if failure.found else "code.no-function", data)


def stopped_feedback(report: Report, key: CodeKey) -> Feedback:
    """Why the submission was stopped, or how it ended before it had answered."""
    match report.ending:
        case Ending.TIMEOUT:
            waited = report.wall_seconds > key.limits.wall_seconds
            seconds = key.limits.wall_seconds if waited else key.limits.cpu_seconds
            return Feedback("code.timeout", {"seconds": f"{seconds:g}"})
        case Ending.MEMORY_LIMIT:
            return Feedback("code.memory", {"mib": key.limits.memory_mib})
        case Ending.THREAD_LIMIT:
            return Feedback("code.threads")
        case Ending.OUTPUT_LIMIT:
            return Feedback("code.output")
        case Ending.CRASH:
            return Feedback("code.crash", {"signal": report.signal})
        case Ending.EXITED:
            return Feedback("code.exited", {"status": report.status})
    return Feedback("code.protocol")


def raised_feedback(problem: Problem, key: CodeKey, *, shown: bool, times: str, lines: int) -> Feedback:
    """What was raised and where. shown: only then is the message told, for it may hold values of the case.

    lines: how many the submission has; what stands further down is not its own.
    """
    line = problem.line if problem.line is not None and problem.line <= lines else None
    where = "outside the submission's own lines" if line is None else f"in line {line}"
    kind = told_exception(problem.type, shown=shown)
    data = {"type": kind, "message": problem.message, "line": line, "where": where, "times": times}
    top = problem.missing.partition(".")[0] if shown else ""
    if top and top not in PACKAGES[key.allow]:
        return Feedback("code.import", data | {"module": top, "allowed": ALLOWED[key.allow]})
    if problem.type == "PermissionError":
        return Feedback("code.forbidden", data if shown else data | {"message": ""})
    if not shown:
        return Feedback("code.raised-hidden", data | {"message": ""})
    return Feedback("code.raised" if problem.message else "code.raised-bare", data)


def _line_of(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1
