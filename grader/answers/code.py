"""Judging code: run the submission on all cases in one confined child, compare what it returns, say why it is wrong.

Shown cases run first, so that whatever a submission says about them cannot hold values of the hidden ones; the hidden
ones follow in an order that depends on the submission.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from grader.answers.code_accuracy import judge_accuracy
from grader.answers.code_endings import load_feedback, raised_feedback, stopped_feedback, text_feedback
from grader.answers.code_outputs import judge_outputs
from grader.errors import AuthorError
from grader.keys import CodeCase, CodeKey
from grader.sandbox.report import CallResult, Ending, Raised, Report, SandboxError
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.task import Call, Task
from grader.verdict import Evidence, Feedback, Outcome, Verdict, unreadable, wrong

MIN_ROOM = 1 << 20
ROOM_FACTOR = 4
"""How much larger than expected an array may be and still be taken back whole, for the feedback's sake."""
SCORE_BYTES, MOST_CLASSES = 8, 1024


def judge_code(source: str, key: CodeKey, sandbox: Sandbox) -> Verdict:
    """The verdict on a source text. Nothing that the submission does raises; what breaks on our side is a fault.

    Raises AuthorError where the key itself is inconsistent.
    """
    check_key(key)
    source = source.removeprefix("\ufeff")  # some editors begin every file with this mark
    problem = text_feedback(source, key)
    if problem is not None:
        return unreadable(problem)
    order = running_order(source, key.cases)
    try:
        report = sandbox.run(_task(source, key, order))
    except SandboxError as error:
        return Verdict(Outcome.FAULT, 0.0, (Feedback("fault", {"what": str(error)}),))
    results = dict(zip(order, report.results, strict=False))  # shorter than `order` where the child died
    return replace(_verdict(key, report, results), level=report.level)


def check_key(key: CodeKey) -> None:
    """Nothing, or AuthorError naming the first inconsistency."""
    if not key.cases or not key.outputs:
        raise AuthorError(f"the code question `{key.entry}` has no cases or no outputs")
    for i, case in enumerate(key.cases):
        where = f"case {i} of the code question `{key.entry}`"
        if set(case.inputs) != set(key.parameters):
            raise AuthorError(f"{where} has inputs {sorted(case.inputs)}, its parameters are {list(key.parameters)}")
        if key.accuracy is None and len(case.expected) != len(key.outputs):
            raise AuthorError(f"{where} expects {len(case.expected)} arrays, its outputs are {list(key.outputs)}")
        if any(np.isnan(array).any() for array in case.expected):
            raise AuthorError(f"{where} expects NaN, which nothing equals")
    for mistake in key.mistakes:
        if [len(arrays) for arrays in mistake.key] != [len(key.outputs)] * len(key.cases):
            raise AuthorError(f"the mistake `{mistake.name}` of `{key.entry}` does not give all outputs of all cases")
    if key.accuracy is not None and len(key.cases) != 1:
        raise AuthorError(f"the code question `{key.entry}` measures accuracy: it takes one case, not {len(key.cases)}")


def running_order(source: str, cases: Sequence[CodeCase]) -> list[int]:
    """Places of the cases in the order in which they run: shown ones first, each group shuffled by the source."""
    order = list(range(len(cases)))
    random.Random(hashlib.sha256(source.encode("utf-8")).digest()).shuffle(order)
    return sorted(order, key=lambda i: not cases[i].shown)


def _task(source: str, key: CodeKey, order: Sequence[int]) -> Task:
    cases = [key.cases[i] for i in order]
    calls = tuple(Call({name: case.inputs[name] for name in key.parameters}, _room(case, key)) for case in cases)
    return Task(source, key.entry, key.parameters, len(key.outputs), calls, key.limits, key.allow)


def _room(case: CodeCase, key: CodeKey) -> int:
    """Bytes that are taken back for a case."""
    expected = sum(array.nbytes for array in case.expected)
    if key.accuracy is not None:
        expected = max(expected, SCORE_BYTES * MOST_CLASSES * len(key.accuracy.labels))
    return MIN_ROOM + ROOM_FACTOR * expected


def _verdict(key: CodeKey, report: Report, results: Mapping[int, CallResult]) -> Verdict:
    reading = f"{key.entry}({', '.join(key.parameters)})"
    if report.failure is not None and report.ending is Ending.LOAD_ERROR:
        return unreadable(load_feedback(report.failure, key))
    if report.ending not in (Ending.OK, Ending.RUNTIME_ERROR):
        return wrong(stopped_feedback(report, key), reading=reading, evidence=Evidence.RUN)
    raised = _first_raised(key, report, results)
    if raised is not None:
        return wrong(raised, reading=reading, evidence=Evidence.RUN)
    if key.accuracy is not None:
        return judge_accuracy(results[0], key.accuracy, reading=reading)
    return judge_outputs(results, key, reading=reading)


def _first_raised(key: CodeKey, report: Report, results: Mapping[int, CallResult]) -> Feedback | None:
    """The exception to tell about: while the file was loaded, or of the first case that raised one."""
    if report.failure is not None and report.failure.problem is not None:
        return raised_feedback(report.failure.problem, key, shown=True, times="while the file was loaded")
    places = [i for i, result in results.items() if isinstance(result, Raised)]
    if not places:
        return None
    first = results[places[0]]
    assert isinstance(first, Raised)
    times = f"in {len(places)} of {len(key.cases)} cases"
    return raised_feedback(first.problem, key, shown=key.cases[places[0]].shown, times=times)
