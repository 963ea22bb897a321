"""Quality of a ranking at every threshold: precision by recall, true positives by false ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solutions.arrays import Array
from solutions.curve_points import level, series
from solutions.drawings import Plot

POSITIVE, NEGATIVE, SEED = 30, 90, 2  # examples
Labels = NDArray[np.bool_]


def precision_recall(gaps: tuple[float, ...] = (2.0, 1.0)) -> Plot:
    """Precision by recall at each positive, of scores from two Gaussians so far apart, with the average precision."""
    shown = []
    for gap in gaps:
        positive = scored(gap)[1]
        precision, recall, _ = rates(positive)
        average = average_precision(precision, recall)
        shown.append(series(f"gap {gap:g}, AP {average:.2f}", recall[positive], precision[positive]))
    share = POSITIVE / (POSITIVE + NEGATIVE)
    return Plot("Precision and recall", "recall", "precision", (*shown, level("chance", (0, 1), share)))


def receiver(gaps: tuple[float, ...] = (2.0, 1.0)) -> Plot:
    """True by false positive rate at each negative, of the same scores, with the area below."""
    shown = []
    for gap in gaps:
        positive = scored(gap)[1]
        _, recall, false = rates(positive)
        area = float(np.sum(np.diff(false, prepend=0.0) * recall))
        shown.append(series(f"gap {gap:g}, area {area:.2f}", false[~positive], recall[~positive]))
    chance = series("chance", (0, 1), (0, 1), "thin")
    return Plot("Receiver operating characteristic", "false positive rate", "true positive rate", (*shown, chance))


def scored(gap: float) -> tuple[Array, Labels]:
    """Scores and whether each is of a positive, best first."""
    source = np.random.default_rng(SEED)
    scores = np.concatenate([gap + source.standard_normal(POSITIVE), source.standard_normal(NEGATIVE)])
    order = np.argsort(-scores)
    return scores[order], order < POSITIVE


def rates(positive: Labels) -> tuple[Array, Array, Array]:
    """Precision, recall and false positive rate where the first k of a ranking are taken, for each k from 1 on."""
    found = np.cumsum(positive)
    taken = np.arange(1, len(positive) + 1)
    return found / taken, found / found[-1], (taken - found) / (len(positive) - found[-1])


def average_precision(precision: Array, recall: Array) -> float:
    """The mean of the precision at each positive found."""
    return float(np.sum(np.diff(recall, prepend=0.0) * precision))
