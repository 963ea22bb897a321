"""Segments: overlaps by hand, images of any size, and a network far better than all background."""

from __future__ import annotations

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.fitting import Fitted
from solutions.trained.segments import HELD_OUT, KINDS, Segments, examples, overlaps


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return Segments().fit("cpu", silent)


def test_overlaps_are_counted_over_all_images() -> None:
    found = torch.tensor([[[0, 1], [2, 3]], [[0, 0], [0, 0]]])
    labels = torch.tensor([[[0, 1], [2, 2]], [[0, 1], [0, 3]]])
    # background: 3 of 5; disc: 1 of 2; square: 1 of 2; cross: 0 of 2
    assert overlaps(found, labels) == pytest.approx([3 / 5, 1 / 2, 1 / 2, 0])


def test_overlaps_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import jaccard_score

    source = torch.Generator().manual_seed(0)
    found, labels = (torch.randint(4, (3, 8, 8), generator=source) for _ in range(2))
    expected = jaccard_score(labels.flatten().numpy(), found.flatten().numpy(), average=None)
    assert overlaps(found, labels) == pytest.approx(expected.tolist())


def test_pixels_of_shapes_are_brighter_than_the_background() -> None:
    bare = examples(Segments(noise=0.0), 100, 1)
    images, labels = bare.inputs[:, 0], bare.targets
    assert set(labels.flatten().tolist()) == set(range(len(KINDS)))
    assert (images[labels == 0] == 0).all() and (images[labels > 0] >= 0.4).all()


def test_the_network_takes_images_of_other_sizes(fitted: Fitted) -> None:
    assert fitting.scores(fitted.model, torch.zeros(2, 1, 32, 20)).shape == (2, 4, 32, 20)


def test_an_image_moved_by_four_pixels_is_scored_alike(fitted: Fitted) -> None:
    """Nothing but convolutions: away from the border scores move with the image, by multiples of the poolings."""
    image = examples(Segments(side=48), 1, 3).inputs
    moved = fitting.scores(fitted.model, image.roll((4, 8), dims=(2, 3)))
    there = fitting.scores(fitted.model, image).roll((4, 8), dims=(2, 3))
    torch.testing.assert_close(moved[..., 20:-12, 20:-12], there[..., 20:-12, 20:-12])


def test_the_network_is_far_better_than_all_background(fitted: Fitted) -> None:
    held_out = examples(Segments(), HELD_OUT, 2)
    background = torch.zeros_like(held_out.targets)
    assert float((held_out.targets == 0).double().mean()) < 0.85
    assert sum(overlaps(background, held_out.targets)) / 4 < 0.22
    assert fitted.figures["accuracy"] > 0.93
    assert fitted.figures["iou"] > 0.6


def test_a_pixel_alone_does_not_tell_its_class(fitted: Fitted) -> None:
    """The best guess from brightness, in bins over training pixels, is well below the network."""
    train, held_out = examples(Segments(), 800, 1), examples(Segments(), HELD_OUT, 2)

    def bins(images: torch.Tensor) -> torch.Tensor:
        return (20 * images.clamp(-0.5, 1.5) + 10).round().long().flatten()

    counts = torch.zeros(41, 4).index_put(
        (bins(train.inputs), train.targets.flatten()), torch.tensor(1.0), accumulate=True
    )
    guess = counts.argmax(dim=1)[bins(held_out.inputs)].view_as(held_out.targets)
    assert fitted.figures["iou"] > sum(overlaps(guess, held_out.targets)) / 4 + 0.2
