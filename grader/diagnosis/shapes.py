"""The wrong shape: transposed, a sum missing over an axis, or simply another one."""

from __future__ import annotations

import numpy as np

from grader.diagnosis.factors import all_agree
from grader.formula.reading import Formula
from grader.formula.shapes import shape_text
from grader.formula.tree import Apply
from grader.samples import Samples, full_shape, samples
from grader.verdict import Feedback


def wrong_shape(got: Samples, expected: Samples) -> Feedback:
    """What is wrong with a formula whose shape is not the key's."""
    with np.errstate(all="ignore"):
        return _named(got, expected)


def turned(got: Samples, expected: Samples) -> Feedback | None:
    """The answer is the transpose of the right matrix, also of a square one."""
    mine, theirs = full_shape(got.formula), full_shape(expected.formula)
    fits = len(mine) == 2 and mine == theirs[::-1]
    if fits and all_agree([np.swapaxes(v, 1, 2) for v in got.values], expected.values):
        return Feedback("formula.transposed", {"expected": shape_text(theirs)})
    return None


def _named(got: Samples, expected: Samples) -> Feedback:
    mine, theirs = full_shape(got.formula), full_shape(expected.formula)
    if (found := turned(got, expected)) or (found := _summed_too_often(got, expected)):
        return found
    for axis in range(len(mine)):
        if mine[:axis] + mine[axis + 1 :] == theirs:
            summed = [v.sum(axis=axis + 1) for v in got.values]
            if all_agree(summed, expected.values):
                return Feedback("formula.missing-sum", {"dim": str(mine[axis])})
    if mine and not theirs and all_agree([v.reshape(len(v), -1).sum(1) for v in got.values], expected.values):
        return Feedback("formula.missing-sum", {"dim": " and ".join(map(str, mine))})
    data = {"got": shape_text(mine, got.formula.row), "expected": shape_text(theirs, expected.formula.row)}
    return Feedback("formula.shape", data)


def _summed_too_often(got: Samples, expected: Samples) -> Feedback | None:
    """The answer is right but for a sum or mean around it."""
    tree = got.formula.tree
    if not isinstance(tree, Apply) or tree.op not in {"sum", "mean"}:
        return None
    inside = samples(Formula(tree.args[0], got.formula.scope), got.cases)
    if full_shape(inside.formula) == full_shape(expected.formula) and all_agree(list(inside.values), expected.values):
        return Feedback("formula.extra-sum", {"name": tree.op})
    return None
