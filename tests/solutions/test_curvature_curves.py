"""Models, saddles, damping, adaptive steps: against autograd, torch.optim and brute force."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from solutions import adaptive_curves, curvature_curves
from solutions.drawings import Plot, Series


def named(plot: Plot, name: str) -> Series:
    """The series of that name."""
    (found,) = [series for series in plot.series if series.name == name]
    return found


def values(plot: Plot, name: str) -> np.ndarray:
    return np.array(named(plot, name).points)[:, 1]


def test_models_agree_with_the_loss_where_they_are_made() -> None:
    here = torch.tensor(curvature_curves.HERE, dtype=torch.float64, requires_grad=True)
    f = here.cosh().log()
    (g,) = torch.autograd.grad(f, here, create_graph=True)
    (h,) = torch.autograd.grad(g, here)
    plot = curvature_curves.models()
    for name, order in (("first order", 1), ("model of descent", 1), ("model of Newton", 2)):
        x, y = np.array(named(plot, name).points).T
        fit = np.polynomial.Polynomial.fit(x, y, 2)
        wanted = [value.item() for value in (f, g, h)][: order + 1]
        assert [float(fit.deriv(k)(curvature_curves.HERE)) for k in range(order + 1)] == pytest.approx(wanted, abs=5e-3)


def test_descent_stays_above_the_loss_and_newton_steps_too_far() -> None:
    plot = curvature_curves.models()
    x, model = np.array(named(plot, "model of descent").points).T
    assert (model >= np.log(np.cosh(x)) - 1e-3).all()
    (plain, high), (newton, lowest) = named(plot, "where they lead").points
    assert 0 < plain < curvature_curves.HERE and newton < 0 and lowest < 0
    for name, place, height in (("model of descent", plain, high), ("model of Newton", newton, lowest)):
        at, model = np.array(named(plot, name).points).T
        assert at[model.argmin()] == pytest.approx(place, abs=0.05)
        assert model.min() == pytest.approx(height, abs=2e-3)


def test_newton_goes_to_the_saddle_and_the_others_to_a_minimum() -> None:
    plot = curvature_curves.saddle()
    assert named(plot, "Newton").points[-1] == pytest.approx((0, 0), abs=1e-6)
    for name in ("descent", "damped Newton"):
        path = named(plot, name).points
        assert path[-1] == pytest.approx((0, 1), abs=0.05)
        heights = [curvature_curves.surface(np.array(point)) for point in path]
        assert heights == sorted(heights, reverse=True)


def test_the_surface_is_level_on_its_contours() -> None:
    lines = [series.points for series in curvature_curves.saddle().series if series.mark == "thin"]
    assert len(lines) == 2 * sum(level < 0 for level in curvature_curves.LEVELS) + 2
    for line in lines:
        heights = [curvature_curves.surface(np.array(point)) for point in line]
        assert heights == pytest.approx([heights[0]] * len(heights), abs=2e-3)
        assert min(abs(heights[0] - level) for level in curvature_curves.LEVELS) < 2e-3


def test_a_damped_step_is_the_best_of_its_length() -> None:
    def model(d: np.ndarray) -> np.ndarray:
        return d @ curvature_curves.SLOPE + (d @ curvature_curves.HESSIAN * d).sum(axis=-1) / 2

    turn = np.linspace(0, 2 * np.pi, 3601)
    steps = [np.array(point) for point in named(curvature_curves.damping_path(), "damped steps").points]
    for step in steps:
        ring = np.hypot(*step) * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        assert model(step) == pytest.approx(model(ring).min(), abs=5e-3)
    lengths = [np.hypot(*step) for step in steps]
    assert lengths == sorted(lengths)
    assert steps[-1] == pytest.approx(-np.linalg.solve(curvature_curves.HESSIAN, curvature_curves.SLOPE), abs=1e-3)
    first = steps[0] / lengths[0]
    assert first == pytest.approx(-curvature_curves.SLOPE / np.hypot(*curvature_curves.SLOPE), abs=0.01)


def test_errors_shrink_by_a_factor_or_by_a_power() -> None:
    runs = curvature_curves.errors()
    plain, secant, newton = (np.array(run) for run in runs.values())
    assert plain[21] / plain[20] == pytest.approx(1 - 4 * 0.2 * 0.8, abs=1e-3)  # 1 − f''/L
    assert np.log(newton[4]) / np.log(newton[3]) == pytest.approx(2, abs=0.3)
    assert len(newton) < len(secant) < len(plain) / 3


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("Adam", lambda w: torch.optim.Adam([w], lr=1.0, eps=0.0)),
        ("RMSProp", lambda w: torch.optim.RMSprop([w], lr=1.0, alpha=0.9, eps=0.0)),
        ("AdaGrad", lambda w: torch.optim.Adagrad([w], lr=1.0, eps=0.0)),
    ],
)
def test_adaptive_steps_are_those_of_torch(name: str, make) -> None:  # type: ignore[no-untyped-def]
    w = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    optimiser = make(w)
    for k, step in enumerate(values(adaptive_curves.after_a_change(60, 20, 0.1), name)):
        before = w.item()
        w.grad = torch.full_like(w, 1.0 if k < 20 else 0.1)
        optimiser.step()
        assert before - w.item() == pytest.approx(step, rel=1e-3)


def test_without_correction_adam_begins_with_long_steps() -> None:
    plot = adaptive_curves.first_steps()
    assert values(plot, "Adam") == pytest.approx(1)
    assert values(plot, "Adam uncorrected")[0] == pytest.approx(0.1 / 0.001**0.5, rel=1e-3)
    assert values(plot, "AdaGrad")[24] == pytest.approx(1 / 5)
