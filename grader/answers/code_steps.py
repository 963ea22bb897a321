"""Training step by step: where a trajectory leaves the right one, and by what kind of step."""

from __future__ import annotations

import numpy as np

from grader.answers.code_diagnosis import Output, factor_text
from grader.answers.code_values import Array, allowed, close
from grader.verdict import Feedback

STEP_TOLERANCE = 1e-6


def first_divergence(output: Output) -> tuple[int, int]:
    """The case to tell about (a shown one where there is one) and its first wrong step, counted from 0.

    All arrays have the expected shapes, and one at least is wrong.
    """
    right = output.right(output.got)
    wrong = [i for i in range(len(right)) if not right[i]]
    i = min(wrong, key=lambda i: (not output.cases[i].shown, i))
    got, expected = output.got[i].astype(np.float64), output.expected[i].astype(np.float64)
    limit = allowed(output.got[i], output.expected[i], tolerance=output.tolerance, condition=output.conditions[i])
    with np.errstate(all="ignore"):
        fine = np.where(got == expected, 0.0, np.abs(got - expected)) <= limit  # NaN is never fine
    rows = fine.reshape(len(fine), -1).all(axis=1)
    return i, int(np.argmin(rows))


def step_feedback(output: Output) -> Feedback:
    """The first step that diverges; for the first of all, how its length and direction compare."""
    case, step = first_divergence(output)
    data = {"output": output.name, "step": step + 1, "steps": len(output.expected[case])}
    if step:
        return Feedback("code.diverges", data | {"before": step})
    factor = _step_factor(output, case)
    if factor is None:
        return Feedback("code.diverges-at-once", data)
    if factor == 0:
        return Feedback("code.step-missing", data)
    return Feedback("code.step-factor", data | {"factor": factor_text(factor)})


def _step_factor(output: Output, case: int) -> float | None:
    """f where the first step is f times the right one, from one of the inputs as the start; None where it is not."""
    got, expected = output.got[case][0], output.expected[case][0]
    for start in output.cases[case].inputs.values():
        if isinstance(start, np.ndarray) and start.shape == expected.shape and start.size > 1:
            factor = _ratio(got - start, expected - start)
            if factor is not None:
                return factor
    return None


def _ratio(mine: Array, right: Array) -> float | None:
    at = np.unravel_index(int(np.argmax(np.abs(right))), right.shape)
    if not right[at]:
        return None
    factor = float(mine[at]) / float(right[at])
    return (
        factor if np.isfinite(factor) and close(mine, factor * right, tolerance=STEP_TOLERANCE, noise=1e-12) else None
    )
