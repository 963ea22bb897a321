"""A failure told by a case that may be shown: the smallest of the key's examples on which the same output is wrong.

Examples are drawn apart from the cases that decide, so that nothing hidden is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.answers.code_bench import Bench
from grader.answers.code_diagnosis import Output
from grader.answers.code_outputs import compared
from grader.answers.code_values import Array
from grader.verdict import Feedback

WITHOUT_CAUSE = frozenset({"code.values", "code.values-hidden", "code.not-finite"})
"""Remarks that say only how large an error is and where: an example says more."""
LONGEST = 400  # characters of an example's inputs


def with_examples(problems: Sequence[Feedback], bench: Bench) -> tuple[Feedback, ...]:
    """The remarks, and an example for the first that names no cause, where one of the examples fails too."""
    for problem in problems:
        if problem.code in WITHOUT_CAUSE:
            example = _example(str(problem.data["output"]), bench, finite=problem.code != "code.not-finite")
            return (*problems, example) if example is not None else tuple(problems)
    return tuple(problems)


def _example(name: str, bench: Bench, *, finite: bool) -> Feedback | None:
    """The first example, in their order, in which the output fails in the same way. Raises SandboxError."""
    cases = bench.key.examples
    if not cases:
        return None
    batch = bench.run(cases, shuffled=False)
    if bench.stopped(batch) is not None:
        return None
    found = compared(batch.results, batch.cases, bench.key)
    output = found.each[bench.key.outputs.index(name)] if found.problem is None else None
    if not isinstance(output, Output):
        return None
    for i, right in enumerate(output.right(output.got)):
        if not right and _finite(output.got[i]) == finite:
            inputs = told_inputs(cases[i].inputs)
            data = {"output": name, "inputs": inputs, "got": told(output.got[i]), "expected": told(output.expected[i])}
            return Feedback("code.example", data) if len(inputs) <= LONGEST else None
    return None


def told_inputs(inputs: Mapping[str, Any]) -> str:
    """The inputs as a learner would type them."""
    return ", ".join(f"{name} = {told(value)}" for name, value in inputs.items())


def told(value: Any) -> str:
    """A number, a text, or an array as nested lists of a few digits."""
    if isinstance(value, np.ndarray):
        return "[" + ", ".join(told(entry) for entry in value) + "]" if value.ndim else told(value.item())
    if isinstance(value, float | np.floating):
        return f"{float(value):.4g}"
    return str(value)


def _finite(array: Array) -> bool:
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())
