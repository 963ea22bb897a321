"""Curves of training and validation error: which setting is best, what is wrong at another one, when to stop."""

from __future__ import annotations

from typing import Any

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


def early_stop(errors: Array, patience: int, least: float) -> tuple[int, int]:
    """The best epoch and the last one that is run, from 0, of validation errors (T,), as a walk over records.

    An epoch is a record where its error lies more than `least` below that of the record before it (the first one is).
    The walk ends `patience` epochs after a record which none follows by then, or at the last epoch.
    """
    import torch

    values, record = torch.as_tensor(np.asarray(errors, dtype=np.float64)), 0
    while True:
        window = values[record + 1 : record + 1 + int(patience)]
        better = torch.nonzero(window < values[record] - float(least))
        if len(better) == 0:
            return record, min(record + int(patience), len(values) - 1)
        record += 1 + int(better[0])


def stopping_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `early_stop`: a fall that ends in a rise, a late dip, tiny gains, small rises, a run to the end."""
    draw, calls = np.random.default_rng([seed, 7]), []
    fall = 2 * 0.8 ** np.arange(12) + 0.02 * np.arange(12) ** 2 + 0.08 * draw.normal(size=12)
    calls.append({"errors": fall, "patience": 3, "least": 0.0})
    dip = np.array([1.0, 0.7, 0.75, 0.72, 0.6, 0.66, 0.64, 0.7, 0.65, 0.3, 0.2]) + 0.01 * draw.uniform(size=11)
    calls.append({"errors": dip, "patience": 4, "least": 0.0})
    tiny = 1 - 0.01 * np.arange(9) + 0.002 * draw.uniform(size=9)
    calls.append({"errors": tiny, "patience": 2, "least": 0.025})
    calls.append({"errors": 1 - 0.05 * np.arange(6) + 0.01 * draw.uniform(size=6), "patience": 2, "least": 0.001})
    flat = np.array([1.0, 0.6, 0.62, 0.63, 0.61, 0.64, 0.65]) + 0.002 * draw.uniform(size=7)
    calls.append({"errors": flat, "patience": 3, "least": 0.05})
    noisy = 1 / (1 + np.arange(15)) + 0.15 * draw.normal(size=15)
    calls.append({"errors": noisy, "patience": int(draw.integers(2, 5)), "least": 0.05})
    return calls
