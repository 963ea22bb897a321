"""The autoencoder: its loss by hand, the evidence by another integral, and bounds in the order that theory gives."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch.distributions import Bernoulli, Normal, kl_divergence

from solutions.trained import fitting
from solutions.trained.fitting import Fitted
from solutions.trained.generative_networks import Autoencoder
from solutions.trained.vae import Vae, divergence, estimate, examples, log_weights, loss


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return Vae().fit("cpu", silent)


def test_the_loss_is_that_of_torchs_distributions() -> None:
    draw = torch.Generator().manual_seed(0)
    found, images = torch.randn(5, 64 + 6, generator=draw), torch.randint(2, (5, 64), generator=draw).float()
    codes = Normal(found[:, 64:67], (found[:, 67:] / 2).exp())
    kl = kl_divergence(codes, Normal(0.0, 1.0)).sum(dim=1)
    torch.testing.assert_close(divergence(found[:, 64:67], found[:, 67:]), kl)
    likely = Bernoulli(logits=found[:, :64]).log_prob(images).sum(dim=1)  # type: ignore[no-untyped-call]
    torch.testing.assert_close(loss(found, images), (kl - likely).mean())


def test_the_evidence_is_that_of_an_integral_over_the_codes() -> None:
    recipe = replace(Vae(), latent=1, epochs=10)
    model, images = recipe.fit("cpu", silent).model, examples(recipe)[1].inputs[:100]
    assert isinstance(model, Autoencoder)
    codes = torch.linspace(-8, 8, 4001)[:, None]
    with torch.no_grad():
        logits = model.decoder(codes)
    joint = images @ logits.T - torch.nn.functional.softplus(logits).sum(dim=1)
    joint = joint - codes[:, 0] ** 2 / 2 - math.log(2 * math.pi) / 2
    evidence = float((joint.double().logsumexp(dim=1) + math.log(16 / 4000)).mean())
    assert estimate(log_weights(model, images, 500), 500) == pytest.approx(evidence, abs=0.05)


def test_an_estimate_from_groups_is_done_by_hand() -> None:
    weights = torch.tensor([[1.0], [3.0], [2.0], [6.0]]).log()
    assert estimate(weights, 1) == pytest.approx(math.log(36) / 4)
    assert estimate(weights, 2) == pytest.approx(math.log(2 * 4) / 2)
    assert estimate(weights, 4) == pytest.approx(math.log(3))


@pytest.mark.parametrize("seed", [0, 1])
def test_more_draws_come_nearer_to_the_evidence_from_below(seed: int) -> None:
    figures = Vae(seed=seed).fit("cpu", silent).figures
    assert figures["bound"] < figures["evidence by 10"] - 0.3 < figures["evidence by 500"] - 0.35
    assert figures["evidence by 500"] > -20
    assert figures["loss"] == pytest.approx(-figures["bound"], abs=0.3)  # one draw against 500
    assert 4 < figures["kl"] < 9


def test_codes_tell_of_their_own_image_alone(fitted: Fitted) -> None:
    images, model = examples(Vae())[1].inputs, fitted.model
    found = fitting.scores(model, images)
    own, other = (-float(loss(found, shown)) for shown in (images, images.roll(1, dims=0)))
    assert own > other + 20


def test_most_numbers_of_a_code_that_is_too_long_say_nothing() -> None:
    """Of 32 numbers about ten tell something: the others stay near the prior."""
    recipe = replace(Vae(), latent=32)
    mean, spread = fitting.scores(recipe.fit("cpu", silent).model, examples(recipe)[1].inputs)[:, 64:].chunk(2, dim=1)
    told = divergence(mean.T, spread.T) / len(mean)  # of each number of the code
    assert 4 <= int((told > 0.1).sum()) <= 16


def test_draws_repeat_in_evaluation_and_not_in_training(fitted: Fitted) -> None:
    images = examples(Vae())[1].inputs[:5]
    assert torch.equal(fitting.scores(fitted.model, images), fitting.scores(fitted.model, images))
    model = fitting.seeded(Vae().build, 0).train()
    with torch.no_grad():
        assert not torch.equal(model(images), model(images))
