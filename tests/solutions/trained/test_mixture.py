"""EM: a step against scikit-learn's and by hand, evidence that never falls, and stochastic steps that are faster."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from sklearn.mixture import GaussianMixture

from solutions.trained import fitting
from solutions.trained.fitting import Fitted
from solutions.trained.mixture import Em, examples, surprise, true
from solutions.trained.mixture_networks import Maximisation, Mixture

EM, STOCHASTIC = Em(batch=None), Em(batch=50, power=0.6)


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def em() -> Fitted:
    return EM.fit("cpu", silent)


@pytest.fixture(scope="module")
def stochastic() -> Fitted:
    return STOCHASTIC.fit("cpu", silent)


def untrained() -> Mixture:
    model = fitting.seeded(EM.build, 0)
    assert isinstance(model, Mixture)
    return model


def stepped(model: Mixture, steps: Maximisation, points: torch.Tensor) -> None:
    loss = surprise(model(points), torch.zeros(len(points)))
    for parameter, slope in zip(model.parameters(), torch.autograd.grad(loss, list(model.parameters())), strict=True):
        parameter.grad = slope
    steps.step()


def close(model: Mixture, shares: np.ndarray, means: np.ndarray, variances: np.ndarray) -> None:
    np.testing.assert_allclose(model.shares.softmax(dim=0).detach().numpy(), shares, rtol=1e-6)
    np.testing.assert_allclose(model.means.detach().numpy(), means, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(model.spreads.exp().detach().numpy(), variances, rtol=1e-6)


def test_the_fitted_mixture_is_that_of_scikit_learn_from_the_same_start() -> None:
    points, model = examples(EM, 500, 1).inputs, untrained()
    steps = Maximisation(model, power=0.0)
    other = GaussianMixture(
        6,
        covariance_type="spherical",
        max_iter=20,
        tol=0.0,
        reg_covar=0.0,
        weights_init=np.full(6, 1 / 6),
        means_init=model.means.detach().numpy().copy(),
        precisions_init=np.full(6, 1 / 16),
    )
    with pytest.warns(UserWarning, match="did not converge"):
        other.fit(points.numpy())
    for _ in range(20):
        stepped(model, steps, points)
    close(model, other.weights_, other.means_, other.covariances_)


def test_running_averages_are_done_by_hand() -> None:
    first, second = examples(EM, 80, 1).inputs.reshape(2, 40, 2)
    model = untrained()
    steps, kept = Maximisation(model, power=0.6), []
    for points in (first, second):
        with torch.no_grad():
            found = model(points).softmax(dim=1).numpy()  # responsibilities (40, 6)
        x = points.numpy()
        kept.append((found.mean(axis=0), found.T @ x / 40, found.T @ (x**2).sum(axis=1) / 40))
        stepped(model, steps, points)
    weight = 2**-0.6
    shares, sums, squares = ((1 - weight) * old + weight * new for old, new in zip(*kept, strict=True))
    means = sums / shares[:, None]
    close(model, shares, means, (squares / shares - (means**2).sum(axis=1)) / 2)


def test_the_density_is_that_of_scipy() -> None:
    from scipy.stats import multivariate_normal  # type: ignore[import-untyped]

    model, points = true(EM), examples(EM, 10, 1).inputs
    shares = model.shares.softmax(dim=0).detach().numpy()
    density = sum(
        share * multivariate_normal(mean, variance).pdf(points.numpy())
        for share, mean, variance in zip(
            shares, model.means.detach().numpy(), model.spreads.exp().detach().numpy(), strict=True
        )
    )
    assert float(surprise(fitting.scores(model, points), torch.zeros(10))) == pytest.approx(-np.log(density).mean())


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_evidence_never_falls_by_em(seed: int) -> None:
    fitted = replace(EM, seed=seed).fit("cpu", silent)
    assert all(after >= before - 1e-9 for before, after in pairwise(fitted.curves["evidence"]))
    assert fitted.figures["rises"] == 1
    assert fitted.curves["evidence"][:-1] == pytest.approx([-loss for loss in fitted.curves["loss"][1:]])


def test_batches_alone_lower_the_evidence_and_running_averages_do_so_less() -> None:
    points, none, falls = examples(EM, 2000, 1).inputs, torch.zeros(2000), []
    for power in (0.0, 0.6):
        model, losses = untrained(), []
        steps = Maximisation(model, power=power)
        for start in range(0, 2000, 50):
            stepped(model, steps, points[start : start + 50])
            losses.append(float(surprise(fitting.scores(model, points), none)))
        falls.append(sum(after > before for before, after in pairwise(losses)))
    assert falls[0] > 10 > falls[1]


def test_both_come_near_to_the_true_mixture_and_the_stochastic_one_in_fewer_passes(
    em: Fitted, stochastic: Fitted
) -> None:
    for fitted in (em, stochastic):
        assert fitted.figures["evidence"] == pytest.approx(fitted.figures["true evidence"], abs=0.04)
    assert stochastic.figures["after one pass"] > em.figures["after one pass"] + 0.3
    assert stochastic.curves["evidence"][0] > em.curves["evidence"][4]


def test_on_many_points_no_mixture_beats_the_true_one(em: Fitted) -> None:
    points = examples(EM, 50_000, 3)
    own, best = (
        float(surprise(fitting.scores(model, points.inputs), points.targets)) for model in (em.model, true(EM))
    )
    assert best < own < best + 0.03


def test_a_variance_does_not_vanish_on_a_single_point() -> None:
    model = untrained()
    steps = Maximisation(model, power=0.0)
    for _ in range(5):
        stepped(model, steps, torch.tensor([[0.0, 0.0], [9.0, 9.0]]).double())
    assert torch.isfinite(model.spreads).all()
    assert float(model.spreads.exp().detach().min()) == pytest.approx(1e-3)
