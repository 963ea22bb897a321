"""One pixel after another: what each sees, chances that sum to one, and nats far below independent pixels."""

from __future__ import annotations

import itertools

import pytest
import torch

from solutions.digits import split
from solutions.trained import fitting
from solutions.trained.fitting import Fitted
from solutions.trained.generative_networks import Masked
from solutions.trained.pixels import Pixels, examples, independent, loss


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return Pixels().fit("cpu", silent)


def test_images_are_the_digits_in_black_and_white() -> None:
    train, held_out = examples(Pixels())
    assert (train.inputs.shape, held_out.inputs.shape) == ((1437, 64), (360, 64))
    assert torch.equal(held_out.inputs, torch.as_tensor(split(0).x_test >= 0.5).float().flatten(1))
    assert torch.equal(held_out.inputs, held_out.targets)


@pytest.mark.parametrize("place", [0, 1, 30, 63])
def test_a_pixel_is_read_by_all_later_ones_and_by_no_other(fitted: Fitted, place: int) -> None:
    images = examples(Pixels())[1].inputs[:50]
    changed = images.clone()
    changed[:, place] = 1 - changed[:, place]
    gaps = (fitting.scores(fitted.model, images) - fitting.scores(fitted.model, changed)).abs().amax(dim=0)
    assert (gaps[: place + 1] == 0).all() and (gaps[place + 1 :] > 0).all()


def test_the_chances_of_all_images_sum_to_one() -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = Masked(8, hidden=20)
    images = torch.tensor(list(itertools.product([0.0, 1.0], repeat=8)))
    logits = 3 * fitting.scores(model, images)
    chances = torch.stack([-loss(logits[i : i + 1], images[i : i + 1]) for i in range(256)]).exp()
    assert float(chances.sum()) == pytest.approx(1, abs=1e-5)
    assert float(chances.max()) > 2 * float(chances.min())


def test_independent_pixels_are_counted_by_hand() -> None:
    train, held_out = torch.tensor([[1.0], [1.0], [0.0]]), torch.tensor([[1.0], [0.0]])
    expected = -(torch.tensor(3 / 5).log() + torch.tensor(2 / 5).log()) / 2
    assert independent(train, held_out) == pytest.approx(float(expected))


@pytest.mark.parametrize("seed", [0, 1])
def test_pixels_before_it_tell_much_of_a_pixel(seed: int) -> None:
    figures = Pixels(seed=seed).fit("cpu", silent).figures
    assert figures["loss"] < figures["independent pixels"] - 5
    assert figures["accuracy"] > 0.86


def test_digits_turned_upside_down_are_less_likely_with_as_many_white_pixels(fitted: Fitted) -> None:
    images = examples(Pixels())[1].inputs
    turned = images.flip(dims=(1,))
    own, other = (float(loss(fitting.scores(fitted.model, shown), shown)) for shown in (images, turned))
    assert other > own + 5
