"""Judging the quality of returned class scores instead of their values."""

from __future__ import annotations

import numpy as np

from grader.answers.code_names import told_type
from grader.answers.code_values import REAL_KINDS, Array
from grader.keys import Accuracy
from grader.sandbox.report import CallResult, NotAnArray, Returned, WrongCount
from grader.verdict import Evidence, Feedback, Verdict, right, wrong


def judge_accuracy(result: CallResult, wanted: Accuracy, *, reading: str) -> Verdict:
    """The verdict on scores of shape (n, classes): the largest in each row names the class; NaN names none."""
    problem = _interface_feedback(result, wanted)
    if problem is not None:
        return wrong(problem, reading=reading, evidence=Evidence.RUN)
    assert isinstance(result, Returned) and isinstance(result.items[0], np.ndarray)
    scores = result.items[0].astype(np.float64)
    lost = int(np.isnan(scores).any(axis=1).sum())
    accuracy = share_right(scores, wanted.labels)
    data = {
        "accuracy": _percent(accuracy),
        "floor": _percent(wanted.floor),
        "reference": _percent(wanted.reference),
        "rows": len(wanted.labels),
        "lost": lost,
    }
    if accuracy >= wanted.floor:
        return right(Feedback("code.accuracy-right", data), reading=reading, evidence=Evidence.RUN)
    told = Feedback("code.accuracy", data)
    nan = (Feedback("code.accuracy-nan", data),) if lost else ()
    return wrong(told, *nan, reading=reading, evidence=Evidence.RUN)


def share_right(scores: Array, labels: Array) -> float:
    """Share of rows whose largest score stands at the label; a row with NaN, or a tie for the largest, is not right."""
    best = scores.max(axis=1, keepdims=True)
    alone = (scores == best).sum(axis=1) == 1  # NaN equals nothing, so such a row has no largest score
    return float(np.mean(alone & (scores.argmax(axis=1) == labels)))


def _interface_feedback(result: CallResult, wanted: Accuracy) -> Feedback | None:
    if not isinstance(result, Returned):
        got = told_type(result.type, shown=False) if isinstance(result, WrongCount) else "something else"
        return Feedback("code.count", {"got": got, "expected": "scores", "outputs": 1})
    scores = result.items[0]
    if isinstance(scores, NotAnArray):
        kind = told_type(scores.type, shown=False)
        code = "code.none" if kind == "NoneType" else "code.type"
        return Feedback(code, {"output": "scores", "type": kind, "expected": "scores"})
    rows, classes = len(wanted.labels), int(wanted.labels.max()) + 1
    shape = scores.shape
    if not isinstance(scores, np.ndarray) or len(shape) != 2 or shape[0] != rows or shape[1] < classes:
        return Feedback("code.scores-shape", {"got": str(shape), "rows": rows, "classes": classes})
    if scores.dtype.kind not in REAL_KINDS:
        return Feedback("code.complex", {"output": "scores"})
    return None


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
