"""Which share of the marks a formula earns that is not wholly right, where its question gives any."""

from __future__ import annotations

import numpy as np

from grader.diagnosis.factors import all_agree
from grader.diagnosis.terms import terms, values_of
from grader.equivalence import agreeing_entries
from grader.keys import Partial
from grader.samples import Samples
from grader.verdict import Feedback

_SHARE_OF = {
    "formula.sign": "sign",
    "formula.factor": "factor",
    "formula.log-base": "factor",
    "formula.transposed": "transpose",
}


def share(why: Feedback, partial: Partial, got: Samples, expected: Samples) -> tuple[float, tuple[Feedback, ...]]:
    """The largest share that applies, and a remark on what it was given for where `why` does not say so.

    why: what the diagnosis found.
    """
    whole = float(getattr(partial, _SHARE_OF[why.code])) if why.code in _SHARE_OF else 0.0
    counts = []
    with np.errstate(all="ignore"):
        if partial.entries and (counted := _right_entries(got, expected)):
            counts.append(Feedback("formula.right-entries", {"right": counted[0], "of": counted[1]}))
        if partial.terms and (counted := _right_terms(got, expected)):
            counts.append(Feedback("formula.right-terms", {"right": counted[0], "of": counted[1]}))
    # all of them right would be no wrong answer: what differs then lies beyond float64
    earned = [(count.data["right"] / count.data["of"], count) for count in counts]
    best, remark = max(((s, c) for s, c in earned if s < 1), key=lambda pair: pair[0], default=(0.0, None))
    return (best, (remark,)) if remark is not None and best > whole else (whole, ())


def _right_entries(got: Samples, expected: Samples) -> tuple[int, int] | None:
    """How many entries agree at every point, of how many; None where the shapes differ or sizes are drawn."""
    if any(a.shape != b.shape for a, b in zip(got.values, expected.values, strict=True)):
        return None
    if len({values.shape[1:] for values in expected.values}) > 1:
        return None
    right = np.ones(expected.values[0].shape[1:], dtype=bool)
    for mine, theirs in zip(got.values, expected.values, strict=True):
        defined = np.isfinite(mine) & np.isfinite(theirs)
        right &= (agreeing_entries(mine, theirs) | ~defined).all(axis=0) & defined.any(axis=0)
    return int(right.sum()), right.size


def _right_terms(got: Samples, expected: Samples) -> tuple[int, int] | None:
    """How many terms of the key stand in the answer, of how many; a term too many counts as one that is missing.

    None where the key or the answer is no sum.
    """
    wanted = [values_of(term, expected) for term in terms(expected)]
    given = [values_of(term, got) for term in terms(got)] or [list(got.values)]
    if not wanted or any(a.shape != b.shape for a, b in zip(got.values, expected.values, strict=True)):
        return None
    left = list(given)
    for term in wanted:
        match = next((i for i, mine in enumerate(left) if all_agree(mine, tuple(term))), None)
        if match is not None:
            del left[match]
    found = len(given) - len(left)
    return found, max(len(wanted), len(given))
