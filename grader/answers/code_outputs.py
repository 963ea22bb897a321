"""Judging returned arrays: each output by itself, over all cases; the share is that of the outputs that are right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.answers.code_diagnosis import Output, diagnose, shape_feedback
from grader.answers.code_names import told_dtype, told_type
from grader.keys import CodeCase, CodeKey
from grader.sandbox.report import CallResult, NotAnArray, Raised, Returned, TooLarge, WrongCount
from grader.verdict import Feedback


@dataclass(frozen=True)
class Compared:
    """All outputs of one batch. each: one output over all cases, or why there are no arrays to compare.

    problem: why no output can be looked at, else None.
    """

    each: tuple[Output | Feedback, ...] = ()
    problem: Feedback | None = None


def compared(results: Mapping[int, CallResult], cases: Sequence[CodeCase], key: CodeKey) -> Compared:
    """What all cases returned; none of them raised.

    results: by the case's place, in the order in which they ran.
    """
    for i, result in results.items():
        assert not isinstance(result, Raised)
        if isinstance(result, WrongCount):
            return Compared(problem=_count_feedback(result, key, shown=cases[i].shown))
    return Compared(tuple(_output(results, cases, key, j) for j in range(len(key.outputs))))


def problem_of(output: Output | Feedback) -> Feedback | None:
    """What is wrong with an output, None where it is right in every case."""
    if isinstance(output, Feedback):
        return output
    return None if output.agrees(output.got) else diagnose(output)


def declared_mistake(outputs: Sequence[Output | Feedback], key: CodeKey) -> tuple[str, tuple[Feedback, ...]]:
    """Name and sentence of the first declared mistake whose arrays were returned in all cases; empty where none."""
    for mistake in key.mistakes:
        expected = [tuple(np.asarray(arrays[j]) for arrays in mistake.key) for j in range(len(outputs))]
        if all(_returns(output, arrays) for output, arrays in zip(outputs, expected, strict=True)):
            return mistake.name, (Feedback("mistake", {"says": mistake.says, "name": mistake.name}),)
    return "", ()


def _output(results: Mapping[int, CallResult], cases: Sequence[CodeCase], key: CodeKey, j: int) -> Output | Feedback:
    """One output over all cases, or why there are no arrays to compare."""
    name, arrays = key.outputs[j], []
    for i in sorted(results, key=lambda i: (not cases[i].shown, i)):
        result = results[i]
        assert isinstance(result, Returned)
        match result.items[j]:
            case NotAnArray() as other:
                return _type_feedback(other, key, j, shown=cases[i].shown)
            case TooLarge(shape=shape):
                return shape_feedback(name, shape, cases[i].expected[j].shape)
            case array:
                arrays.append((i, array))
    got = tuple(array for _, array in sorted(arrays, key=lambda pair: pair[0]))
    expected = tuple(np.asarray(case.expected[j]) for case in cases)
    conditions = tuple(case.conditions[j] if case.conditions else 1.0 for case in cases)
    return Output(name, got, expected, tuple(cases), key.tolerance, conditions)


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
