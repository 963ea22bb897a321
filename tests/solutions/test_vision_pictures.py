"""Shared boxes lie in both, and sampled places are those of torch's affine grid."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from solutions.drawings import Series
from solutions.vision_pictures import overlap, sampling_grid


def area(series: Series) -> float:
    """By the shoelace formula."""
    x, y = np.array(series.points).T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2


def test_the_number_is_the_shared_area_over_that_of_both() -> None:
    a, b, shared = overlap().series
    assert (area(a), area(b), area(shared)) == (24, 20, 6)
    assert shared.name == "shared: 6, IoU = 6/38 = 0.16"
    for box in (a, b):
        assert all(np.min(box.points, axis=0) <= np.min(shared.points, axis=0))
        assert all(np.max(box.points, axis=0) >= np.max(shared.points, axis=0))


def test_boxes_apart_share_nothing() -> None:
    assert len(overlap(bx=20).series) == 2 and "union 0" in overlap(bx=20).title


@pytest.mark.parametrize("theta", [(0.6, -0.3, 0.2, 0.3, 0.6, -0.1), (1, 0, 0, 0, 1, 0), (0, 0.5, 0.1, -1, 0.2, 0)])
def test_the_grid_is_that_of_torch(theta: tuple[float, ...]) -> None:
    plot = sampling_grid(*theta)
    rows = torch.tensor(theta, dtype=torch.float64).reshape(1, 2, 3)
    expected = torch.nn.functional.affine_grid(rows, [1, 1, 5, 5], align_corners=True)[0]
    assert np.array(plot.series[1].points) == pytest.approx(expected.reshape(-1, 2).numpy(), abs=1e-3)
    lines = [np.array(series.points) for series in plot.series if series.mark == "thin"]
    assert np.stack(lines[:5]) == pytest.approx(expected.numpy(), abs=1e-3)
    assert np.stack(lines[5:]) == pytest.approx(expected.transpose(0, 1).numpy(), abs=1e-3)
