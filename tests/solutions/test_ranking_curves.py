"""Curves over thresholds: against scikit-learn, and against every pair of a positive and a negative."""

from __future__ import annotations

import numpy as np
import pytest

from solutions import ranking_curves


@pytest.mark.parametrize("gap", [1.0, 2.0])
def test_average_precision_and_area_are_those_of_scikit_learn(gap: float) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    scores, positive = ranking_curves.scored(gap)
    told = ranking_curves.precision_recall((gap,)).series[0].name
    assert told.endswith(f"AP {metrics.average_precision_score(positive, scores):.2f}")
    told = ranking_curves.receiver((gap,)).series[0].name
    assert told.endswith(f"area {metrics.roc_auc_score(positive, scores):.2f}")


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    scores, positive = ranking_curves.scored(2.0)
    right = np.mean(scores[positive][:, None] > scores[~positive][None, :])
    assert ranking_curves.receiver((2.0,)).series[0].name == f"gap 2, area {right:.2f}"


def test_a_wider_gap_is_better_at_nearly_every_recall_and_both_beat_chance() -> None:
    wide, narrow, chance = ranking_curves.precision_recall().series
    better = [one[1] >= other[1] for one, other in zip(wide.points, narrow.points, strict=True)]
    assert np.mean(better) > 0.9
    assert all(point[1] >= chance.points[0][1] for point in narrow.points)
