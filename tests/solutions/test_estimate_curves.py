"""Fits, posteriors, minibatches, pairs as curves: against autograd, torch's losses and simulation."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.distributions import Beta
from torch.nn import functional

from solutions import estimate_curves, pair_curves


def test_the_logistic_fit_leaves_no_gradient() -> None:
    x, y = estimate_curves.labelled()
    theta = torch.tensor(estimate_curves.fitted(x, y), dtype=torch.float64, requires_grad=True)
    logits = theta[0] * torch.tensor(x) + theta[1]
    loss = functional.binary_cross_entropy_with_logits(logits, torch.tensor(y))
    assert float(torch.autograd.grad(loss, theta)[0].abs().max()) < 1e-9
    assert 0 < theta[0].item() < 5  # the labels are not split by a threshold
    curve = np.array(estimate_curves.logistic_fit().series[0].points)
    assert curve[:, 1] == pytest.approx(1 / (1 + np.exp(-(curve[:, 0] * theta[0].item() + theta[1].item()))), abs=1e-3)


def test_the_posterior_of_a_coin_is_beta() -> None:
    p = np.linspace(0.01, 0.99, 50)
    for heads, tails in ((0, 0), (3, 1), (30, 10)):
        wanted = Beta(heads + 1.0, tails + 1.0).log_prob(torch.tensor(p)).exp()
        assert estimate_curves.beta(p, heads, tails) == pytest.approx(wanted.numpy(), rel=1e-4)
    assert [series.name for series in estimate_curves.coin_posterior().series] == ["prior", "3 of 4", "30 of 40"]


def test_variances_of_minibatches_are_those_of_drawing_them() -> None:
    source = np.random.default_rng(0)
    values = source.standard_normal(estimate_curves.EXAMPLES)
    both = estimate_curves.variance_by_batch().series
    for series, replace in zip(both, (True, False), strict=True):
        for size, told in series.points[2:7]:
            means = [source.choice(values, int(size), replace=replace).mean() for _ in range(4000)]
            assert np.var(means) / values.var() == pytest.approx(told, rel=0.12)


def test_a_grid_tries_three_values_where_random_trials_try_nine() -> None:
    grid, free = estimate_curves.grid_and_random().series
    assert [len(series.points) for series in (grid, free)] == [9, 9]
    assert len({x for x, _ in grid.points}) == 3 and len({x for x, _ in free.points}) == 9


def test_losses_of_pairs_and_triplets_are_those_of_torch() -> None:
    alike, other = (np.array(series.points) for series in pair_curves.contrastive(1.5).series)
    d = torch.tensor(other[:, 0])
    hinge = functional.hinge_embedding_loss(d, -torch.ones_like(d), margin=1.5, reduction="none")
    assert other[:, 1] == pytest.approx((hinge**2 / 2).numpy(), abs=1e-3)
    assert alike[:, 1] == pytest.approx((d**2 / 2).numpy(), rel=1e-3)
    gap, loss = np.array(pair_curves.triplet((0.7,)).series[0].points).T
    anchor = torch.zeros(len(gap), 1, dtype=torch.float64)
    positive, negative = anchor + 3, anchor + 3 + torch.tensor(gap)[:, None]
    wanted = functional.triplet_margin_loss(anchor, positive, negative, margin=0.7, reduction="none", eps=0)
    assert loss == pytest.approx(wanted.numpy(), abs=1e-3)


def test_overlaps_are_those_of_counted_cells() -> None:
    cells = (np.arange(-300, 300) + 0.5) / 100
    x, y = np.meshgrid(cells, cells)
    plot = pair_curves.overlaps()
    first = (np.abs(x) < 0.5) & (np.abs(y) < 0.5)
    for i in (0, 10, 24, 36, 50):
        shift = plot.series[0].points[i][0]
        second, wide = ((np.abs(x - shift) < side / 2) & (np.abs(y) < side / 2) for side in (1, 2))
        both, either = (first & second).sum(), (first | second).sum()
        wanted = both / either, 2 * both / (first.sum() + second.sum()), (first & wide).sum() / (first | wide).sum()
        assert [series.points[i][1] for series in plot.series] == pytest.approx(wanted, abs=0.01)
