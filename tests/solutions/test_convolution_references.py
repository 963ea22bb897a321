"""References on convolution against counting windows, loops and formulas by hand."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from solutions import convolution

RNG = np.random.default_rng(3)


def windows(n: int, k: int, p: int, s: int, r: int) -> int:
    """How many placements fit, by trying every start."""
    covered = [r * tap for tap in range(k)]
    return sum(1 for start in range(0, n + 2 * p, s) if start + covered[-1] < n + 2 * p)


def test_output_width_counts_the_placements() -> None:
    source = random.Random(0)
    for _ in range(200):
        n, k, p, s, r = (source.randint(*b) for b in ((9, 40), (1, 5), (0, 3), (1, 4), (1, 2)))
        assert convolution.output_width(n, k, p, s, r) == windows(n, k, p, s, r)


def test_batch_shape_has_height_before_width() -> None:
    shape = convolution.batch_shape(batch=8, c=3, n=20, m=31, filters=10, k=5, p=1, s=2)
    assert tuple(shape) == (8, 10, windows(20, 5, 1, 2, 1), windows(31, 5, 1, 2, 1))


@pytest.mark.parametrize(("k", "r", "p"), [(3, 1, 1), (3, 2, 2), (5, 3, 6), (7, 2, 6)])
def test_keeps_width(k: int, r: int, p: int) -> None:
    assert convolution.keeps_width(k, r) == p


def test_parameter_counts_by_hand() -> None:
    assert convolution.parameter_count(c=3, filters=10, k=5) == 10 * (3 * 25 + 1)
    counts = convolution.layer_parameter_counts(c=8, f=10, n=6, k=3)
    assert list(counts) == [8 * 10, 10 * 9, 10 * (8 * 9 + 1), 10 * (8 * 36 + 1)]


@pytest.mark.parametrize("setting", [(3, 1, 3, 1, 3), (3, 2, 3, 1, 5), (7, 3, 2, 2, 3)])
def test_receptive_field_is_the_span_of_the_taps(setting: tuple[int, int, int, int, int]) -> None:
    k1, s1, k2, s2, k3 = setting
    taps = itertools.product(range(k1), range(k2), range(k3))
    seen = {a + s1 * b + s1 * s2 * c for a, b, c in taps}
    assert convolution.receptive_field(*setting) == len(seen) == max(seen) + 1


def test_batch_normalisation_by_hand() -> None:
    x = np.array([1.0, 4.0, -2.0, 5.0])
    expected = 3 * (x - 2) / np.sqrt(np.mean((x - 2) ** 2)) - 1
    np.testing.assert_allclose(convolution.batchnorm(x, 3, -1, 1e-14), expected)
    assert convolution.batchnorm_first(x, 3, -1) == pytest.approx(expected[0])


def test_batch_normalisation_puts_epsilon_under_the_root() -> None:
    x = np.array([0.0, 2.0])
    np.testing.assert_allclose(convolution.batchnorm(x, 1, 0, 3), [-0.5, 0.5])


@pytest.mark.parametrize("seed", range(5))
def test_pooling_inputs_have_no_ties_and_a_gradient_for_every_window(seed: int) -> None:
    for case in convolution.pool_inputs(seed):
        assert len(np.unique(case["x"])) == case["x"].size
        assert convolution.pooled(case["x"], case["k"], case["s"]).shape == case["g"].shape


def test_max_pool_backward_is_the_slope_of_the_pooled_sum() -> None:
    for case in convolution.pool_inputs(1):
        x, g, k, s = case["x"], case["g"], case["k"], case["s"]
        found = convolution.max_pool_backward(x, g, k, s)
        for place in np.ndindex(x.shape):
            step = np.zeros_like(x)
            step[place] = 0.1  # values lie 0.5 apart: the winners stay
            change = np.sum(g * (_pooled(x + step, k, s) - _pooled(x - step, k, s))) / 0.2
            assert found[place] == pytest.approx(change, abs=1e-9)


def _pooled(x: np.ndarray, k: int, s: int) -> np.ndarray:
    rows = range(0, x.shape[0] - k + 1, s)
    columns = range(0, x.shape[1] - k + 1, s)
    return np.array([[x[i : i + k, j : j + k].max() for j in columns] for i in rows])


def test_pooled_is_the_largest_of_each_window() -> None:
    x = RNG.normal(size=(5, 6))
    np.testing.assert_array_equal(convolution.pooled(x, 3, 2), _pooled(x, 3, 2))


def test_a_residual_block_adds_the_scaled_branch_to_the_skip() -> None:
    g, J = RNG.normal(size=4), RNG.normal(size=(4, 4))
    np.testing.assert_allclose(convolution.residual_gradient(g, J, "1/2"), g + J.T @ g / 2)
    np.testing.assert_allclose(convolution.plain_residual_gradient(g, J), g + J.T @ g)
