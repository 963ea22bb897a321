"""Activations, their slopes and losses as curves: against PyTorch's own functions and autograd."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional

from solutions import activation_curves, loss_curves, schedule_curves
from solutions.drawings import Plot

FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
    "softplus": functional.softplus,
    "GELU": functional.gelu,
    "swish": functional.silu,
}


def curve(plot: Plot, name: str) -> tuple[np.ndarray, np.ndarray]:
    """x and y of the series of that name."""
    (found,) = [series for series in plot.series if series.name == name]
    x, y = np.array(found.points).T
    return x, y


def close(got: np.ndarray, expected: Tensor) -> bool:
    return np.allclose(got, expected.detach().numpy(), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("plot", [activation_curves.squashing(), activation_curves.rectifiers()], ids=lambda p: p.title)
def test_activations_are_those_of_torch(plot: Plot) -> None:
    for series in plot.series:
        z, values = curve(plot, series.name)
        assert close(values, FUNCTIONS[series.name](torch.tensor(z)))


@pytest.mark.parametrize(
    "plot", [activation_curves.squashing_slopes(), activation_curves.rectifier_slopes()], ids=lambda p: p.title
)
def test_slopes_are_those_of_autograd(plot: Plot) -> None:
    for series in plot.series:
        z, values = curve(plot, series.name)
        away = np.array([s.name != "ReLU" or x != 0 for s in (series,) for x in z])
        at = torch.tensor(z[away], requires_grad=True)
        (slope,) = torch.autograd.grad(FUNCTIONS[series.name](at).sum(), at)
        assert close(values[away], slope)


def test_margin_losses_bound_the_error_and_meet_it_at_one() -> None:
    plot = loss_curves.margin_losses()
    for name in ("logistic", "hinge", "squared"):
        m, loss = curve(plot, name)
        assert (loss >= (m < 0)).all()
        assert loss[m == 0] == 1
    m, squared = curve(plot, "squared")
    assert squared[-1] > squared[m == 1] == 0  # it punishes what is surely right


def test_huber_is_that_of_torch() -> None:
    e, loss = curve(loss_curves.error_losses(0.5), "Huber, δ = 0.5")
    wanted = functional.huber_loss(torch.tensor(e), torch.zeros(len(e)), reduction="none", delta=0.5)
    assert close(loss, wanted)


def test_temperature_moves_softmax_between_one_class_and_all() -> None:
    plot = loss_curves.temperatures((0.05, 1.0, 1e4))
    cold, usual, hot = (curve(plot, series.name)[1] for series in plot.series)
    assert cold[0] > 0.999 and np.allclose(hot, 0.2, atol=1e-3)
    assert close(usual, torch.softmax(torch.tensor(loss_curves.LOGITS, dtype=torch.float64), dim=0))


def test_cross_entropy_is_steep_where_the_truth_is_thought_unlikely() -> None:
    plot = loss_curves.cross_entropy()
    slopes = [abs(np.diff(curve(plot, series.name)[1])[0]) for series in plot.series]
    assert slopes[0] > 30 * slopes[1]


def test_schedules_are_those_of_torch() -> None:
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    steps, cosine = curve(schedule_curves.schedules(50), "cosine")
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=50)
    for rate in cosine:
        assert optimiser.param_groups[0]["lr"] == pytest.approx(rate, abs=1e-4)
        optimiser.step()
        schedule.step()
    _, halved = curve(schedule_curves.schedules(50), "steps")
    assert sorted(set(halved), reverse=True) == [1, 0.5, 0.25, 0.125, 0.0625]
    _, warm = curve(schedule_curves.schedules(50, warm=5), "warm-up, then 1/√t")
    assert warm.argmax() == 5 and warm.max() == 1 and len(steps) == 51
