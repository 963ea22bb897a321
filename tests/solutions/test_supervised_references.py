"""References of linear models against formulas by hand and finite differences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from solutions import supervised

RNG = np.random.default_rng(1)
X, W = RNG.normal(size=(6, 3)), RNG.normal(size=3)
TARGETS, LABELS = RNG.normal(size=6), np.array([0.0, 1, 1, 0, 1, 0])


@pytest.mark.parametrize(("reduction", "factor"), [("half", 1), ("sum", 2), ("mean", 2 / 6)])
def test_linear_gradient_follows_the_loss_convention(reduction: str, factor: float) -> None:
    expected = factor * X.T @ (X @ W - TARGETS)
    np.testing.assert_allclose(supervised.linear_gradient(X, TARGETS, W, reduction), expected)


def test_logistic_gradient_is_the_slope_of_the_loss() -> None:
    def loss(w: np.ndarray) -> float:
        p = 1 / (1 + np.exp(-X @ w))
        return float(-np.sum(LABELS * np.log(p) + (1 - LABELS) * np.log(1 - p)))

    steps = 1e-6 * np.eye(3)
    expected = [(loss(W + d) - loss(W - d)) / 2e-6 for d in steps]
    np.testing.assert_allclose(supervised.logistic_gradient(X, LABELS, W), expected, atol=1e-8)


@pytest.mark.parametrize("halved", [1, 2])
def test_a_penalised_step_follows_both_gradients(halved: int) -> None:
    g = RNG.normal(size=3)
    expected = W - 0.1 * (g + 2 * 0.3 / halved * W)
    np.testing.assert_allclose(supervised.penalised_step(W, g, 0.1, 0.3, halved), expected)


def test_a_minibatch_estimate_is_unbiased_over_all_minibatches() -> None:
    gradients = [3.0, -1.0, 4.0, 1.0, -5.0]
    estimates = [supervised.minibatch_estimate(5, 2, sum(chosen)) for chosen in itertools.combinations(gradients, 2)]
    assert np.mean(estimates) == pytest.approx(sum(gradients))


def test_logistic_training_lowers_the_loss_and_keeps_its_inputs() -> None:
    start = W.copy()
    final, losses = supervised.logistic_training(X, LABELS, W, 0.5, 50)
    assert losses.shape == (50,)
    assert np.all(np.diff(losses) < 0)
    np.testing.assert_array_equal(W, start)
    assert losses[0] == pytest.approx(np.mean(np.logaddexp(0, X @ W) - LABELS * (X @ W)))
    assert not np.allclose(final, W)


def test_training_problems_depend_on_the_seed_alone() -> None:
    first, again, other = (supervised.logistic_inputs(seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first[0]["X"], again[0]["X"])
    assert not np.array_equal(first[0]["X"], other[0]["X"])


@pytest.mark.parametrize("seed", range(20))
def test_training_problems_are_sensible(seed: int) -> None:
    problems = supervised.logistic_inputs(seed)
    assert any(0 < p["y"].mean() < 1 for p in problems)
    for p in problems:
        assert p["X"].shape == (len(p["y"]), len(p["w"]))
        assert set(np.unique(p["y"])) <= {0.0, 1.0}
