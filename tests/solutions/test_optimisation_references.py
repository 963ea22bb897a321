"""Races, steps and limits against torch.optim, long runs and formulas by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from solutions import optimisation

ROUND, ACROSS, ALONG = (9, 12, 3), (5, 21, 10), (1, 22, 1)


def descend(a: float, b: float, c: float, rate: float, steps: int) -> float:
    """Distance to the minimum after plain gradient descent."""
    H = np.array([[a, c], [c, b]])
    theta = np.array([3.0, 1.0])
    for _ in range(steps):
        theta = theta - rate * H @ theta
    return float(np.linalg.norm(theta))


@pytest.mark.parametrize(
    ("bowl", "winner"), [(ROUND, "gradient-descent"), (ACROSS, "momentum"), (ALONG, "per-coordinate")]
)
def test_each_optimiser_has_its_own_country(bowl: tuple[float, float, float], winner: str) -> None:
    assert optimisation.fastest_by_running(*bowl) == optimisation.fastest_by_spectrum(*bowl) == winner


@pytest.mark.parametrize("bowl", [ROUND, ACROSS, ALONG])
def test_momentum_takes_the_steps_of_torchs_optimiser(bowl: tuple[float, float, float]) -> None:
    a, b, c = bowl
    steps = optimisation.steps_needed(a, b, c, np.full(2, 1 / (a + b)), 0.9)
    H = torch.tensor([[a, c], [c, b]], dtype=torch.float64)
    theta = torch.tensor([3.0, 1.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([theta], lr=1 / (a + b), momentum=0.9)
    distances = []
    for _ in range(steps):
        theta.grad = (H @ theta).detach()
        optimiser.step()
        distances.append(float(theta.detach().norm()))
    assert distances[-1] <= 1e-6 * np.sqrt(10)
    assert min(distances[: steps // 2]) > 1e-6 * np.sqrt(10)


def test_the_race_is_over_when_the_distance_has_shrunk_a_millionfold() -> None:
    a, b, c = ROUND
    rate = 2 / (a + b)
    steps = optimisation.steps_needed(a, b, c, np.full(2, rate), 0.0)
    assert descend(a, b, c, rate, steps) < 1e-5
    assert descend(a, b, c, rate, steps // 2) > 1e-5


def test_an_optimiser_that_runs_away_is_out() -> None:
    a, b, c = ALONG
    assert optimisation.steps_needed(a, b, c, np.full(2, 4 / (a + b)), 0.0) == optimisation.LONGEST


@pytest.mark.parametrize(("a", "b", "c"), list(itertools.product((2, 5, 9), (3, 8), (1, 2))))
def test_the_largest_stable_step_separates_decay_from_growth(a: float, b: float, c: float) -> None:
    if a * b <= c * c:
        pytest.skip("no bowl")
    limit = optimisation.largest_stable_step(a, b, c)
    assert descend(a, b, c, 0.98 * limit, 3000) < 1e-3
    assert descend(a, b, c, 1.02 * limit, 3000) > 1e3


def test_momentum_position_by_hand() -> None:
    a, m, x, alpha, eta = 2.0, -1.0, 5.0, 0.1, 0.9
    v = -alpha * a * (x - m)
    x += v
    v = eta * v - alpha * a * (x - m)
    assert optimisation.momentum_position(a, m, 5.0, alpha, eta) == pytest.approx(x + v)


@pytest.mark.parametrize(("damped", "extra"), [("no", 0.0), ("yes", 0.7)])
def test_at_the_newton_step_the_model_is_flat(damped: str, extra: float) -> None:
    rng = np.random.default_rng(5)
    half = rng.normal(size=(4, 4))
    H, g = half @ half.T + np.eye(4), rng.normal(size=4)
    d = optimisation.newton_step(H, g, 0.7, damped)
    np.testing.assert_allclose(H @ d + extra * d, -g, atol=1e-12)
