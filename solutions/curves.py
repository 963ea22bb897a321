"""Learning curves of known shape, and what can be read off them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EPOCHS = 9


def errors(best: int, fall: float, rise: float, floor: float) -> tuple[Array, Array]:
    """Training and validation error (9,): the second is least, `floor`, at epoch `best`, and rises after it."""
    epoch = np.arange(1, EPOCHS + 1)
    held = floor + np.where(epoch <= best, fall * (best - epoch), rise * (epoch - best))
    train = 0.9 * floor + fall * (best - 1) * 0.8 ** (epoch - 1) - 0.05 * floor * epoch
    return np.asarray(train.round(3), np.float64), np.asarray(held.round(3), np.float64)


def best_epoch(best: int, fall: float, rise: float, floor: float) -> int:
    """The epoch with the least validation error, found by looking at all."""
    return int(errors(best, fall, rise, floor)[1].argmin()) + 1


def last_epoch(best: int, fall: float, rise: float, floor: float, patience: int) -> int:
    """The epoch after which a loop stops that allows `patience` epochs in a row without a new least error."""
    least, waited = np.inf, 0
    for epoch, error in enumerate(errors(best, fall, rise, floor)[1], start=1):
        least, waited = (error, 0) if error < least else (least, waited + 1)
        if waited == patience:
            return epoch
    return EPOCHS


def shaped(kind: str, level: float, target: float) -> tuple[Array, Array]:
    """Training and validation error (9,) of a fit that is `kind`: overfitting, underfitting, unfinished or good.

    level: how far the errors lie from the target where they miss it.
    """
    epoch = np.arange(1, EPOCHS + 1)
    decay, slope = 0.6 ** (epoch - 1), 0.6 * level * (EPOCHS + 2 - epoch)
    train, held = {
        "overfitting": (0.5 * target + 4 * level * decay, target + level + 3 * level * decay),
        "underfitting": (target + level + 2 * level * decay, target + 1.1 * level + 2.2 * level * decay),
        "unfinished": (target + slope, target + 1.1 * slope + 0.1 * level),
        "good": (0.55 * target + 3 * level * decay, 0.75 * target + 3.2 * level * decay),
    }[kind]
    late = np.maximum(epoch - 4, 0) * (0.06 * level if kind == "overfitting" else 0.0)
    return np.asarray(train, np.float64), np.asarray(held + late, np.float64)


def read(kind: str, level: float, target: float) -> str:
    """The diagnosis that the curves themselves show: by their ends, their distance and their last slope."""
    train, held = shaped(kind, level, target)
    if held[-1] <= target:
        return "good"
    if held[-2] - held[-1] > 0.1 * level:
        return "unfinished"
    return "overfitting" if train[-1] <= target else "underfitting"


def as_drawn(kind: str) -> str:
    """The kind that the curves were made to show."""
    return kind


def remedy(kind: str, level: float, target: float) -> str:
    """What to try first, by what the curves show: longer, larger, regularise, or keep."""
    return remedy_as_drawn(read(kind, level, target))


def remedy_as_drawn(kind: str) -> str:
    """What to try first against what the curves were made to show."""
    return {"overfitting": "regularise", "underfitting": "larger", "unfinished": "longer", "good": "keep"}[kind]
