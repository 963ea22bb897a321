"""Linear models: gradient descent against the closed form, scikit-learn and the conditions of the optimum."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import linear_model, metrics
from torch import nn

from solutions.trained.fitting import Fitted
from solutions.trained.linear import LeastSquares, Logistic, Split, cancer, closed_form, diabetes


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def learnt(fitted: Fitted) -> tuple[np.ndarray, float]:
    """The weights (D,) and the bias."""
    assert isinstance(fitted.model, nn.Linear)
    return fitted.model.weight.detach().numpy()[0], fitted.model.bias.item()


@pytest.mark.parametrize(("load", "sizes"), [(cancer, (427, 142, 30)), (diabetes, (332, 110, 10))])
def test_columns_are_scaled_by_what_is_trained_on(load: object, sizes: tuple[int, int, int]) -> None:
    assert callable(load)
    data: Split = load(0)
    train, test, width = sizes
    assert data.x_train.shape == (train, width)
    assert data.x_test.shape == (test, width)
    np.testing.assert_allclose(data.x_train.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(data.x_train.std(axis=0), 1)
    assert np.abs(data.x_test.mean(axis=0)).max() > 1e-3
    assert not np.array_equal(load(1).y_test, data.y_test)


@pytest.mark.parametrize("penalty", [0.0, 0.2])
@pytest.mark.parametrize("seed", [0, 1])
def test_descent_reaches_the_closed_form(penalty: float, seed: int) -> None:
    recipe = LeastSquares(penalty=penalty, seed=seed)
    data = diabetes(seed)
    weights, bias = learnt(recipe.fit("cpu", silent))
    expected, expected_bias = closed_form(data.x_train, data.y_train, penalty)
    np.testing.assert_allclose(weights, expected, atol=1e-5)
    assert bias == pytest.approx(expected_bias, abs=1e-8)


@pytest.mark.parametrize("penalty", [0.0, 0.2])
def test_the_closed_form_is_that_of_scikit_learn(penalty: float) -> None:
    data = diabetes(0)
    # theirs is sum((X w - y)^2) + alpha |w|^2: ours times N, so alpha = N * penalty / 2
    other = linear_model.Ridge(alpha=len(data.y_train) * penalty / 2).fit(data.x_train, data.y_train + 3)
    weights, bias = closed_form(data.x_train, data.y_train + 3, penalty)
    np.testing.assert_allclose(weights, other.coef_, rtol=1e-8)
    assert bias == pytest.approx(other.intercept_)


def test_the_share_explained_is_that_of_scikit_learn() -> None:
    data = diabetes(0)
    fitted = LeastSquares(penalty=0.2).fit("cpu", silent)
    weights, bias = learnt(fitted)
    guesses = data.x_test @ weights + bias
    assert fitted.figures["r2"] == pytest.approx(metrics.r2_score(data.y_test, guesses))
    assert fitted.figures["loss"] == pytest.approx(metrics.mean_squared_error(data.y_test, guesses))


def test_the_penalty_shrinks_the_weights() -> None:
    plain, ridge = (learnt(LeastSquares(penalty=penalty).fit("cpu", silent))[0] for penalty in (0.0, 0.2))
    assert np.linalg.norm(ridge) < 0.8 * np.linalg.norm(plain)


def test_logistic_regression_is_that_of_scikit_learn() -> None:
    recipe, data = Logistic(), cancer(0)
    # theirs is C * sum(losses) + |w|^2/2: ours over penalty, so C = 1/(N * penalty)
    other = linear_model.LogisticRegression(C=1 / (len(data.y_train) * recipe.penalty), tol=1e-10, max_iter=10_000)
    other.fit(data.x_train, data.y_train)
    fitted = recipe.fit("cpu", silent)
    weights, bias = learnt(fitted)
    np.testing.assert_allclose(weights, other.coef_[0], atol=2e-4)
    assert bias == pytest.approx(other.intercept_[0], abs=2e-4)
    assert fitted.figures["accuracy"] == other.score(data.x_test, data.y_test)
    assert fitted.figures["loss"] == pytest.approx(
        metrics.log_loss(data.y_test, other.predict_proba(data.x_test)), abs=1e-5
    )


def test_the_gradient_vanishes_at_the_end_of_logistic_training() -> None:
    recipe, data = Logistic(), cancer(0)
    weights, bias = learnt(recipe.fit("cpu", silent))
    off = 1 / (1 + np.exp(-(data.x_train @ weights + bias))) - data.y_train
    gradient = np.append(data.x_train.T @ off / len(off) + recipe.penalty * weights, off.mean())
    at_zero = np.append(data.x_train.T @ (0.5 - data.y_train) / len(off), (0.5 - data.y_train).mean())
    assert np.linalg.norm(gradient) < 1e-4 * np.linalg.norm(at_zero)
