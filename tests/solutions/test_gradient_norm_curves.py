"""Norms of gradients through time: against autograd, and as spectral radius and forget gate make them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from solutions import gradient_norm_curves as curves


def by_autograd(radius: float, steps: int, tanh: bool) -> list[float]:
    """The norms by torch, from the same draws."""
    source = np.random.default_rng(curves.SEED)
    weights = source.standard_normal((curves.HIDDEN, curves.HIDDEN))
    weights *= radius / np.abs(np.linalg.eigvals(weights)).max()
    states = [torch.tensor(0.1 * source.standard_normal(curves.HIDDEN), requires_grad=True)]
    for _ in range(steps):
        total = torch.tensor(weights) @ states[-1] + torch.tensor(0.1 * source.standard_normal(curves.HIDDEN))
        states.append(total.tanh() if tanh else total)
    gradients = torch.autograd.grad(states[-1].sum() / curves.HIDDEN**0.5, states)
    return [float(gradient.norm()) for gradient in reversed(gradients)]


@pytest.mark.parametrize("cell", ["linear", "tanh"])
def test_norms_are_those_of_autograd(cell: str) -> None:
    assert curves.recurrent_norms(1.2, 12, cell) == pytest.approx(by_autograd(1.2, 12, cell == "tanh"))


@pytest.mark.parametrize("radius", [0.8, 1.0, 1.2])
def test_linear_gradients_change_by_the_spectral_radius_at_each_step(radius: float) -> None:
    norms = curves.recurrent_norms(radius, 400, "linear")
    assert (norms[400] / norms[200]) ** (1 / 200) == pytest.approx(radius, rel=0.01)


def test_tanh_shrinks_gradients_further() -> None:
    linear, tanh = curves.recurrent(), curves.recurrent_tanh()
    for one, other in zip(linear.series, tanh.series, strict=True):
        assert other.points[-1][1] < one.points[-1][1]


def test_an_open_forget_gate_carries_the_gradient() -> None:
    shut, usual, wide = (np.array(series.points)[:, 1] for series in curves.lstm().series)
    assert shut[-1] < 1e-9 < 1e-4 < usual[-1] < 0.1 < wide[-1]
    gate = 1 / (1 + np.exp(1.0))
    assert (shut[-1] / shut[0]) ** (1 / 30) == pytest.approx(gate, rel=0.5)
