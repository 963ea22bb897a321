"""Some entries right, others wrong: which ones, for answers of a fixed size."""

from __future__ import annotations

import numpy as np

from grader.equivalence import agreeing_entries
from grader.samples import Samples, full_shape
from grader.verdict import Feedback

MAX_NAMED = 4


def some_entries(got: Samples, expected: Samples) -> Feedback | None:
    """Which entries are wrong at every point, where the others are right at all; for fixed sizes only."""
    shape = full_shape(expected.formula)
    if not shape or not all(isinstance(dim, int) for dim in shape):
        return None
    wrong = np.zeros(expected.values[0].shape[1:], dtype=bool)
    for mine, theirs in zip(got.values, expected.values, strict=True):
        wrong |= ~agreeing_entries(mine, theirs).all(axis=0)
    if wrong.all() or wrong.sum() > MAX_NAMED:
        return None
    places = [", ".join(str(i + 1) for i in at) for at in np.argwhere(wrong).tolist()]
    data = {"entries": " and ".join(f"({place})" for place in places), "right": int((~wrong).sum()), "of": wrong.size}
    return Feedback("formula.entries", data)
