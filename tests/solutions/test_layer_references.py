"""References of layers against formulas written by hand, finite differences and torch.nn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from solutions import layers

Array = NDArray[np.float64]
RNG = np.random.default_rng(0)
X, G, T = RNG.normal(size=5), RNG.normal(size=5), RNG.dirichlet(np.ones(5))
W, B, G3 = RNG.normal(size=(3, 5)), RNG.normal(size=3), RNG.normal(size=3)


def sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def softmax(z: Array) -> Array:
    return np.asarray(np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True))


def slope(function: Callable[[Array], float], at: Array) -> Array:
    """Central differences in every entry."""
    result = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = 1e-6
        result[place] = (function(at + step) - function(at - step)) / 2e-6
    return result


def test_cross_entropy_gradient_is_prediction_minus_target() -> None:
    np.testing.assert_allclose(layers.cross_entropy_gradient(X, T), softmax(X) - T)


def test_cross_entropy_gradient_is_the_slope_of_the_loss() -> None:
    found = slope(lambda z: float(-np.sum(T * np.log(softmax(z)))), X)
    np.testing.assert_allclose(layers.cross_entropy_gradient(X, T), found, atol=1e-8)


SLOPES: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda z: sigmoid(z) * (1 - sigmoid(z)),
    "tanh": lambda z: 1 - np.tanh(z) ** 2,
    "relu": lambda z: (z > 0).astype(float),
    "softplus": sigmoid,
}


@pytest.mark.parametrize("f", SLOPES)
def test_dense_weight_gradient_is_an_outer_product(f: str) -> None:
    expected = np.outer(G3 * SLOPES[f](W @ X + B), X)
    np.testing.assert_allclose(layers.dense_weight_gradient(X, W, B, G3, f), expected)


def test_dense_batch_gradient_adds_the_shares_of_the_rows() -> None:
    rows, upstream = RNG.normal(size=(4, 5)), RNG.normal(size=(4, 3))
    expected = sum(np.outer(g, x) for g, x in zip(upstream, rows, strict=True))
    np.testing.assert_allclose(layers.dense_batch_gradient(rows, W, upstream), expected)


def test_elementwise_gradients_are_upstream_times_slope() -> None:
    np.testing.assert_allclose(layers.relu_backward(X, G), G * (X > 0))
    np.testing.assert_allclose(layers.sigmoid_backward(X, G), G * SLOPES["sigmoid"](X))
    np.testing.assert_allclose(layers.leaky_relu_backward(X, G, 0.1), G * np.where(X > 0, 1, 0.1))


@pytest.mark.parametrize("f", ["sigmoid", "tanh"])
def test_a_gain_multiplies_the_gradient(f: str) -> None:
    np.testing.assert_allclose(layers.steep_backward(f, X, G, 3), 3 * G * SLOPES[f](3 * X))


def test_softmax_backward_is_the_jacobian_times_upstream_row_by_row() -> None:
    z, g = RNG.normal(size=(3, 4)), RNG.normal(size=(3, 4))
    y = softmax(z)
    expected = [(np.diag(row) - np.outer(row, row)) @ up for row, up in zip(y, g, strict=True)]
    np.testing.assert_allclose(layers.softmax_backward(z, g), expected)
    np.testing.assert_allclose(layers.softmax_vector_backward(z[0], g[0]), expected[0])


def test_softmax_is_the_module_of_torch() -> None:
    np.testing.assert_allclose(layers.softmax(X), torch.nn.Softmax(dim=0)(torch.tensor(X)).numpy())


def test_logsumexp_of_large_scores_does_not_overflow() -> None:
    assert layers.logsumexp(np.array([1000.0, 1000.0])) == pytest.approx(1000 + np.log(2))


def test_max_backward_goes_to_the_winner() -> None:
    np.testing.assert_array_equal(layers.max_backward(np.array([1.0, 5.0, 2.0]), 3.0), [0, 3, 0])


@pytest.mark.parametrize("big", [800, 1000, 10000])
def test_only_the_shifted_form_survives_large_scores(big: int) -> None:
    assert layers.stable_form(big) == "shifted"


def test_with_small_scores_two_forms_would_do_and_that_is_a_fault() -> None:
    with pytest.raises(ValueError, match="too many values"):
        layers.stable_form(10)
