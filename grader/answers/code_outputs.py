"""Judging returned arrays: each output by itself, over all cases; the score is the share of outputs that are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from grader.answers.code_diagnosis import Output, diagnose, shape_feedback
from grader.answers.code_names import told_dtype, told_type
from grader.keys import CodeKey
from grader.sandbox.report import CallResult, NotAnArray, Returned, TooLarge, WrongCount
from grader.verdict import Evidence, Feedback, Outcome, Verdict, right, wrong


def judge_outputs(results: Mapping[int, CallResult], key: CodeKey, *, reading: str) -> Verdict:
    """The verdict on what all cases returned; none of them raised.

    results: by the case's place in the key, in the order in which they ran.
    """
    for i, result in results.items():
        if isinstance(result, WrongCount):
            told = _count_feedback(result, key, shown=key.cases[i].shown)
            return wrong(told, reading=reading, evidence=Evidence.RUN)
    outputs = [_output(results, key, j) for j in range(len(key.outputs))]
    problems = [o if isinstance(o, Feedback) else _problem(o) for o in outputs]
    fine = [name for name, problem in zip(key.outputs, problems, strict=True) if problem is None]
    if len(fine) == len(outputs):
        return right(Feedback("code.right", {"cases": len(key.cases)}), reading=reading, evidence=Evidence.RUN)
    name, says = _mistake(outputs, key)
    feedback = says or tuple(problem for problem in problems if problem is not None)
    if not fine:
        return wrong(*feedback, reading=reading, evidence=Evidence.RUN, mistake=name)
    share = Feedback("code.partial", {"right": len(fine), "outputs": len(outputs), "names": ", ".join(fine)})
    score = len(fine) / len(outputs)
    return Verdict(Outcome.PARTIAL, score, (share, *feedback), reading, Evidence.RUN, name)


def _output(results: Mapping[int, CallResult], key: CodeKey, j: int) -> Output | Feedback:
    """One output over all cases, or why there are no arrays to compare."""
    name, arrays = key.outputs[j], []
    for i in sorted(results, key=lambda i: (not key.cases[i].shown, i)):
        result = results[i]
        assert isinstance(result, Returned)
        match result.items[j]:
            case NotAnArray() as other:
                return _type_feedback(other, key, j, shown=key.cases[i].shown)
            case TooLarge(shape=shape):
                return shape_feedback(name, shape, key.cases[i].expected[j].shape)
            case array:
                arrays.append((i, array))
    got = tuple(array for _, array in sorted(arrays, key=lambda pair: pair[0]))
    expected = tuple(np.asarray(case.expected[j]) for case in key.cases)
    return Output(name, got, expected, key.cases, key.tolerance)


def _problem(output: Output) -> Feedback | None:
    return None if output.agrees(output.got) else diagnose(output)


def _mistake(outputs: list[Output | Feedback], key: CodeKey) -> tuple[str, tuple[Feedback, ...]]:
    """Name and sentence of the first declared mistake whose arrays were returned in all cases; empty where none."""
    for mistake in key.mistakes:
        expected = [tuple(np.asarray(arrays[j]) for arrays in mistake.key) for j in range(len(outputs))]
        if all(_returns(output, arrays) for output, arrays in zip(outputs, expected, strict=True)):
            return mistake.name, (Feedback("mistake", {"says": mistake.says, "name": mistake.name}),)
    return "", ()


def _returns(output: Output | Feedback, arrays: tuple[np.ndarray, ...]) -> bool:
    return isinstance(output, Output) and replace(output, expected=arrays).agrees(output.got)


def _count_feedback(result: WrongCount, key: CodeKey, *, shown: bool) -> Feedback:
    expected = ", ".join(key.outputs)
    if result.type == "NoneType":
        return Feedback("code.none", {"expected": expected})
    got = told_type(result.type, shown=shown) if result.count is None else f"{result.count} values"
    return Feedback("code.count", {"got": got, "expected": expected, "outputs": len(key.outputs)})


def _type_feedback(value: NotAnArray, key: CodeKey, j: int, *, shown: bool) -> Feedback:
    name = key.outputs[j]
    if value.type == "NoneType" and len(key.outputs) == 1:
        return Feedback("code.none", {"expected": name})
    if value.dtype:
        return Feedback("code.dtype", {"output": name, "dtype": told_dtype(value.dtype, shown=shown)})
    return Feedback("code.type", {"output": name, "type": told_type(value.type, shown=shown)})
