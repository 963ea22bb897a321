"""Boxes: overlaps by hand, what is drawn where, and a network far better than the mean box."""

from __future__ import annotations

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.boxes import HELD_OUT, Boxes, examples, overlaps


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0.5, 0.5, 0.2, 0.4), (0.5, 0.5, 0.2, 0.4), 1.0),
        ((0.2, 0.2, 0.2, 0.2), (0.8, 0.2, 0.2, 0.2), 0.0),
        ((0.4, 0.5, 0.2, 0.2), (0.5, 0.5, 0.2, 0.2), 1 / 3),  # half of each is shared
        ((0.5, 0.5, 0.4, 0.4), (0.5, 0.5, 0.2, 0.2), 1 / 4),  # one inside the other
        ((0.2, 0.2, 0.2, 0.2), (0.8, 0.8, 0.2, 0.2), 0.0),  # apart both ways: no product of two negative lengths
    ],
)
def test_overlaps_are_shared_area_over_covered_area(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert float(overlaps(torch.tensor([one]), torch.tensor([other]))[0]) == pytest.approx(expected, abs=1e-6)


def test_overlaps_are_those_of_counted_pixels() -> None:
    def painted(box: torch.Tensor) -> torch.Tensor:
        places = (torch.arange(1000) + 0.5) / 1000
        across, down = ((places > box[i] - box[i + 2] / 2) & (places < box[i] + box[i + 2] / 2) for i in (0, 1))
        return down[:, None] & across[None, :]

    boxes = 0.2 + 0.4 * torch.rand(20, 4, generator=torch.Generator().manual_seed(0))
    for one, other in zip(boxes[:10], boxes[10:], strict=True):
        counted = (painted(one) & painted(other)).sum() / (painted(one) | painted(other)).sum()
        assert float(overlaps(one[None], other[None])[0]) == pytest.approx(float(counted), abs=0.01)


def test_the_object_fills_its_box_and_touches_its_edges() -> None:
    bare = Boxes(noise=0.0)
    found = examples(bare, 50, 1)
    inside, outside = [], []
    for image, box in zip(found.inputs[:, 0], (found.targets * 24).round(decimals=3).tolist(), strict=True):
        left, top = round(box[0] - box[2] / 2), round(box[1] - box[3] / 2)
        width, height = round(box[2]), round(box[3])
        assert min(width, height) >= 4 and max(width, height) <= 12
        part = image[top : top + height, left : left + width]
        assert part.shape == (height, width)
        assert (part.amax(dim=0) > 0.5).all() and (part.amax(dim=1) > 0.5).all()
        inside.append(float((part > 0.5).double().mean()))
        outside.append(int((image > 0.5).sum() - (part > 0.5).sum()))
    assert min(inside) > 0.6
    assert 0 < max(outside) <= 12  # three strokes of four pixels


@pytest.mark.parametrize("seed", [0, 1])
def test_the_network_is_far_better_than_the_mean_box(seed: int) -> None:
    recipe = Boxes(seed=seed)
    fitted = recipe.fit("cpu", silent)
    held_out = examples(recipe, HELD_OUT, 2)
    mean = examples(recipe, 1500, 1).targets.mean(dim=0).expand(HELD_OUT, 4)
    assert float(overlaps(mean, held_out.targets).mean()) < 0.3
    assert fitted.figures["iou"] > 0.7
    found = overlaps(fitting.scores(fitted.model, held_out.inputs), held_out.targets)
    assert float((found > 0.5).double().mean()) > 0.93
