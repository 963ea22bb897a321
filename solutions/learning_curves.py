"""Curves of training and validation error: which setting is best, what is wrong at another one, when to stop."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def gap_of_best(tr: Array, va: Array) -> float:
    """Validation minus training error at the setting with the smallest validation error."""
    best = int(np.argmin(va))
    return float(va[best] - tr[best])


def diagnosis(train: float, valid: float) -> str:
    """'underfit' where the gap is below a tenth of the validation error plus 0.03, else 'overfit'."""
    return "underfit" if valid - train < 0.03 + valid / 10 else "overfit"


def diagnosis_by_best(va: Array, row: int) -> str:
    """'underfit' where the best of the settings, listed from poor to rich, is a richer one than number `row`."""
    return "underfit" if int(np.argmin(va)) > int(row) else "overfit"
