"""Ways down a valley as curves: runs against torch.optim, rates against theory, orders between the methods."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from solutions import convergence_curves, optimiser_curves
from solutions.drawings import Plot, Series

KAPPA = 20.0


def named(plot: Plot, name: str) -> Series:
    """The series of that name."""
    (found,) = [series for series in plot.series if series.name == name]
    return found


def run(steps: int, **settings: float) -> list[list[float]]:
    """The points of torch's gradient descent in the valley."""
    at = torch.tensor(optimiser_curves.START, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([at], **settings)  # type: ignore[arg-type]
    found = [at.tolist()]
    for _ in range(steps):
        (at.grad,) = torch.autograd.grad((at[0] ** 2 + KAPPA * at[1] ** 2) / 2, at)
        optimiser.step()
        found.append(at.tolist())
    return found


def test_gradient_descent_and_momentum_go_where_torch_goes() -> None:
    steps = optimiser_curves.SHOWN
    plain = named(optimiser_curves.paths(KAPPA), "gradient descent").points
    assert np.allclose(plain, run(steps, lr=2 / (1 + KAPPA)), rtol=1e-3)
    root = math.sqrt(KAPPA)
    heavy = named(optimiser_curves.momentum_paths(KAPPA), "momentum").points
    wanted = run(steps, lr=4 / (1 + root) ** 2, momentum=((root - 1) / (root + 1)) ** 2)
    assert np.allclose(heavy, wanted, rtol=1e-3, atol=1e-6)


def test_gradient_descent_zigzags_and_newton_is_there_in_one_step() -> None:
    plot = optimiser_curves.paths(KAPPA)
    y = np.array(named(plot, "gradient descent").points)[:, 1]
    assert (y[1:] * y[:-1] < 0).all()
    assert named(plot, "Newton").points == (optimiser_curves.START, (0.0, 0.0))


def test_both_kinds_of_momentum_end_nearer_than_gradient_descent() -> None:
    plain = named(optimiser_curves.paths(), "gradient descent").points[-1]
    for series in optimiser_curves.momentum_paths().series[:2]:
        assert math.hypot(*series.points[-1]) < 0.5 * math.hypot(*plain)


def test_f_is_the_same_all_along_a_contour() -> None:
    lines = optimiser_curves.contours(KAPPA)
    for line, value in zip(lines, optimiser_curves.CONTOURS, strict=True):
        x, y = np.array(line.points).T
        assert (x**2 + KAPPA * y**2) / 2 == pytest.approx(value, rel=2e-3)


@pytest.mark.parametrize(
    ("name", "rate"),
    [
        ("gradient descent", (KAPPA - 1) / (KAPPA + 1)),
        ("momentum", (math.sqrt(KAPPA) - 1) / (math.sqrt(KAPPA) + 1)),
        ("Nesterov", 1 - 2 / math.sqrt(3 * KAPPA + 1)),
    ],
)
def test_distances_shrink_at_the_rate_of_theory(name: str, rate: float) -> None:
    way = optimiser_curves.points(optimiser_curves.ways(KAPPA, np.array(optimiser_curves.START))[name], 100)
    sizes = np.linalg.norm(way, axis=1)
    assert (sizes[100] / sizes[50]) ** (1 / 50) == pytest.approx(rate, rel=0.02)


def test_losses_end_in_the_order_of_the_rates() -> None:
    plot = optimiser_curves.losses_by_step()
    ends = {series.name: len(series.points) - 1 for series in plot.series}
    assert ends["Newton"] == 1 < ends["momentum"] < ends["Nesterov"] == ends["gradient descent"] == 40
    last = [named(plot, name).points[-1][1] for name in ("momentum", "Nesterov", "gradient descent")]
    assert last == sorted(last)


def test_a_step_above_two_over_l_diverges() -> None:
    half, whole, near, above = (np.array(s.points)[:, 1] for s in optimiser_curves.learning_rates().series[:4])
    assert (np.diff(half) < 0).all() and (whole[1:] == 0).all()
    assert (near[1:] * near[:-1] < 0).all() and (np.diff(np.abs(near)) < 0).all()
    assert (above[1:] * above[:-1] < 0).all() and (np.diff(np.abs(above)) > 0).all()


def test_steps_grow_with_the_condition_number_or_with_its_root() -> None:
    for name, power in (("gradient descent", 1.0), ("momentum", 0.5), ("Nesterov", 0.5)):
        x, steps = np.array(named(convergence_curves.iterations_by_condition(), name).points).T
        assert np.polyfit(x[-3:], np.log2(steps[-3:]), 1)[0] == pytest.approx(power, abs=0.1)


def test_constant_steps_end_at_their_floor_and_falling_ones_below_it() -> None:
    long, short, falling = (np.array(s.points)[:, 1] for s in convergence_curves.noise_ball().series[:3])
    assert long[-50:].mean() == pytest.approx(convergence_curves.floor(0.5, 0.5), rel=0.1)
    assert short[-50:].mean() == pytest.approx(convergence_curves.floor(0.1, 0.5), rel=0.1)
    assert falling[-1] < 0.3 * short[-50:].mean()


def test_conjugate_gradients_are_done_within_as_many_steps_as_weights() -> None:
    plain, conjugate = convergence_curves.conjugate_gradients(size=20).series
    assert conjugate.points[-1][0] == 19 and plain.points[-1][0] == 30
    curvatures = np.linspace(1, 100, 20)
    way = convergence_curves.conjugate(curvatures, np.ones(20))
    assert np.abs(optimiser_curves.points(way, 20)[-1]).max() < 1e-8
