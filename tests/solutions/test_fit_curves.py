"""Fits and penalties as curves: against normal equations, the split of the error, brute force over weights."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from solutions import fit_curves, penalty_curves
from solutions.drawings import Plot


def values(plot: Plot, place: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of the series at that place."""
    x, y = np.array(plot.series[place].points).T
    return x, y


def test_a_line_is_that_of_the_normal_equations() -> None:
    plot = fit_curves.fits()
    x, y = values(plot, 3)
    powers = np.stack([np.ones_like(x), x], axis=1)
    at, line = values(plot, 0)
    weights = np.linalg.solve(powers.T @ powers, powers.T @ y)
    assert line == pytest.approx(weights[0] + weights[1] * at, abs=1e-3)


def test_high_degrees_fit_the_points_better_and_the_truth_worse() -> None:
    plot = fit_curves.fits()
    x, y = values(plot, 3)
    models = [fit_curves.fitted(x, y, degree) for degree in (1, 3, 12)]
    far = [((model(x) - y) ** 2).mean() for model in models]
    assert far[0] > far[1] > far[2]
    grid = np.linspace(0, 1, 200)
    wrong = [((model(grid) - fit_curves.wave(grid)) ** 2).mean() for model in models]
    assert wrong[1] < min(wrong[0], wrong[2])


def test_training_error_falls_with_the_degree_and_validation_error_turns() -> None:
    train, held = fit_curves.errors()
    assert (np.diff(train) < 1e-9).all()
    best = int(held.argmin())
    assert 0 < best < len(held) - 1 and held[-1] > 1.5 * held[best]


def test_bias_variance_and_noise_add_up_to_the_error_on_new_points() -> None:
    bias, variance = fit_curves.bias_variance()
    assert bias[0] > 10 * bias[4] and (np.diff(variance) > 0).all()
    source = np.random.default_rng(7)
    x, grid, degree = np.linspace(0, 1, fit_curves.COUNT), np.linspace(0, 1, 50), 3
    errors = []
    for _ in range(2000):
        model = fit_curves.fitted(*fit_curves.drawn(source, len(x)), degree)
        fresh = fit_curves.wave(grid) + fit_curves.NOISE * source.standard_normal(50)
        errors.append(((model(grid) - fresh) ** 2).mean())
    place = list(fit_curves.DEGREES).index(degree)
    assert np.mean(errors) == pytest.approx(bias[place] + variance[place] + fit_curves.NOISE**2, rel=0.05)


def test_shrunken_weights_minimise_what_they_should() -> None:
    plot = penalty_curves.shrinkage(0.7)
    tried = np.linspace(-3, 3, 6001)
    for place, penalty in ((0, 0.7 * np.abs(tried)), (1, 0.7 * tried**2 / 2)):
        for z, w in plot.series[place].points:
            assert w == pytest.approx(tried[((tried - z) ** 2 / 2 + penalty).argmin()], abs=2e-3)


def test_the_l1_ball_is_met_at_a_corner_and_the_l2_ball_is_not() -> None:
    plot = penalty_curves.geometry()
    crosses = next(series for series in plot.series if series.mark == "crosses")
    (corner, smooth) = crosses.points
    assert corner == (1.0, 0.0) and smooth[1] > 0 and np.hypot(*smooth) == pytest.approx(1, abs=1e-3)
    for w1, w2 in itertools.product(np.linspace(-1, 1, 41), repeat=2):
        loss = penalty_curves.loss(np.array([w1, w2]))
        assert abs(w1) + abs(w2) > 1 + 1e-9 or loss >= penalty_curves.loss(np.array(corner)) - 1e-9
        assert np.hypot(w1, w2) > 1 or loss >= penalty_curves.loss(np.array(smooth)) - 1e-3


def test_contours_pass_through_the_places_of_least_loss() -> None:
    plot = penalty_curves.geometry()
    crosses = next(series for series in plot.series if series.mark == "crosses")
    lines = [series for series in plot.series if series.mark == "thin"]
    for place, line in zip(crosses.points, lines, strict=True):
        for point in line.points:
            assert penalty_curves.loss(np.array(point)) == pytest.approx(penalty_curves.loss(np.array(place)), rel=1e-2)


def test_lasso_weights_satisfy_the_conditions_of_a_minimum() -> None:
    x, y = penalty_curves.regression()
    for rate in (0.0, 0.3, 1.0):
        w = penalty_curves.lasso(x, y, rate)
        slopes = x.T @ (y - x @ w) / len(x)
        assert np.abs(slopes).max() <= rate + 1e-6
        assert slopes[w != 0] == pytest.approx(rate * np.sign(w[w != 0]), abs=1e-6)


def test_an_l1_penalty_takes_weights_to_zero_one_after_another_and_l2_none() -> None:
    ends = [values(penalty_curves.lasso_path(), i)[1] for i in range(4)]
    first = [int((line == 0).argmax()) for line in ends]
    assert first[3] < first[2] < first[1] and all(line[-1] == 0 for line in ends[1:])
    assert all(np.abs(values(penalty_curves.ridge_path(), i)[1][-1]) > 0 for i in range(4))
