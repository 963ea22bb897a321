"""The game on the line: who learns from what, both losses by hand, and what is made comes near to what is real."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.stats import wasserstein_distance  # type: ignore[import-untyped]
from torch import Tensor

from solutions.trained import fitting
from solutions.trained.gan import HELD_OUT, LAST, Gan, distance, examples, made
from solutions.trained.generative_networks import Rivals


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def test_the_distance_is_that_of_scipy() -> None:
    one, other = np.random.default_rng(0).normal(size=(2, 500))
    found = distance(torch.as_tensor(one)[:, None], torch.as_tensor(other)[:, None] * 2 + 1)
    assert found == pytest.approx(wasserstein_distance(one, other * 2 + 1))


def test_real_numbers_are_two_humps_around_their_mean() -> None:
    numbers = examples(Gan(saturating=False, away=3.0), 4000, "train").inputs[:, 0]
    assert float(numbers.mean()) == pytest.approx(3, abs=0.15)
    assert float(((numbers - 3).abs() - 2).std()) == pytest.approx(0.5, abs=0.03)
    assert float(((numbers - 3).abs() < 0.5).double().mean()) < 0.01


@pytest.mark.parametrize("saturating", [False, True])
def test_the_loss_is_done_by_hand(saturating: bool) -> None:
    real, generated, learning = (1 / (1 + math.exp(-logit)) for logit in (2.0, -1.0, -1.0))
    fooled = math.log(1 - learning) if saturating else -math.log(learning)
    found = Gan(saturating).loss(torch.tensor([[2.0, -1.0, -1.0]]), torch.zeros(1))
    assert float(found) == pytest.approx(-math.log(real) - math.log(1 - generated) + fooled)


@pytest.mark.parametrize(("saturating", "slope"), [(False, -0.999955), (True, -0.000045)])
def test_only_the_saturating_gradient_vanishes_where_the_discriminator_is_sure(saturating: bool, slope: float) -> None:
    logits = torch.tensor([[0.0, 0.0, -10.0]], requires_grad=True)
    (found,) = torch.autograd.grad(Gan(saturating).loss(logits, torch.zeros(1)), logits)
    assert float(found[0, 2]) == pytest.approx(slope, abs=1e-6)


def test_each_player_learns_from_its_own_loss_alone() -> None:
    recipe = Gan(saturating=False)
    model = fitting.seeded(recipe.build, 0)
    assert isinstance(model, Rivals)
    found = model.eval()(examples(recipe, 50, "train").inputs)
    torch.testing.assert_close(found[:, 1], found[:, 2])

    def moved(part: torch.nn.Module, logits: Tensor) -> bool:
        slopes = torch.autograd.grad(logits.sum(), list(part.parameters()), retain_graph=True, allow_unused=True)
        return any(slope is not None and bool(slope.any()) for slope in slopes)

    assert [moved(model.discriminator, logits) for logits in found.unbind(dim=1)] == [True, True, False]
    assert [moved(model.generator, logits) for logits in found.unbind(dim=1)] == [False, False, True]


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("saturating", [False, True])
def test_what_is_made_comes_near_to_what_is_real(saturating: bool, seed: int) -> None:
    recipe = Gan(saturating, seed=seed)
    real = examples(recipe, HELD_OUT, "held out").inputs
    fitted = recipe.fit("cpu", silent)
    assert distance(made(fitting.seeded(recipe.build, seed), HELD_OUT), real) > 1.5
    assert fitted.figures["distance of real numbers"] < fitted.figures["distance"] < 0.5
    assert 0.4 < fitted.figures["left"] < 0.6
    assert fitted.figures["distance"] == pytest.approx(np.mean(fitted.curves["distance"][-LAST:]))
    numbers = made(fitted.model, HELD_OUT)
    assert float((numbers.abs() < 0.5).double().mean()) < 0.15  # between the humps


def test_by_plain_descent_from_far_away_the_saturating_loss_does_not_start() -> None:
    """It does in some draws, more slowly; and by Adam both do alike."""
    ends = []
    for saturating in (False, True):
        recipe = Gan(saturating, away=10.0, adaptive=False, rate=0.02, epochs=30, seed=2)
        ends.append(recipe.fit("cpu", silent).figures["distance"])
    assert ends[0] < 5 < 8 < ends[1]
