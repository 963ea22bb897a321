"""Densities, divergences, bounds and adversaries as curves: against PyTorch's distributions and other modules."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.distributions import Normal, kl_divergence

from solutions import adversarial_curves, bound_curves, density_curves, evidence_gaussian
from solutions.drawings import Plot


def values(plot: Plot, place: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of the series at that place."""
    x, y = np.array(plot.series[place].points).T
    return x, y


def test_the_legend_of_two_gaussians_tells_both_divergences() -> None:
    plot = density_curves.two_gaussians(0.5, 1.0, -1.0, 3.0)
    p, q = Normal(0.5, 1.0), Normal(-1.0, 3.0)
    for series, kl, law in zip(plot.series, (kl_divergence(p, q), kl_divergence(q, p)), (p, q), strict=True):
        assert float(series.name.split(" = ")[1]) == pytest.approx(float(kl), rel=5e-3)
        x, y = np.array(series.points).T
        assert np.allclose(y, law.log_prob(torch.tensor(x)).exp(), rtol=2e-3)


def test_divergences_move_with_the_mean_as_torch_says() -> None:
    plot = density_curves.divergences_by_mean(1.0, 2.0)
    m, there = values(plot, 0)
    _, back = values(plot, 1)
    q = Normal(torch.tensor(m), 2.0)
    assert np.allclose(there, kl_divergence(Normal(0.0, 1.0), q), rtol=1e-3)
    assert np.allclose(back, kl_divergence(q, Normal(0.0, 1.0)), rtol=1e-3)


def test_one_direction_covers_both_humps_and_the_other_takes_one() -> None:
    (wide_mean, wide), (mean, narrow) = density_curves.covering(), density_curves.seeking()
    centre, width = density_curves.CENTRES[1], density_curves.WIDTH
    assert wide_mean == pytest.approx(0, abs=1e-6) and wide == pytest.approx(math.hypot(centre, width), rel=1e-3)
    assert mean == pytest.approx(centre, abs=0.05) and narrow == pytest.approx(width, abs=0.05)
    p = density_curves.humps(density_curves.GRID)
    first, second = (density_curves.density(density_curves.GRID, *law) for law in ((wide_mean, wide), (mean, narrow)))
    kl = density_curves.summed_kl
    assert kl(p, first) < kl(p, second) and kl(second, p) < kl(first, p)


@pytest.mark.parametrize("plot", [bound_curves.bound_by_mean(), bound_curves.bound_by_deviation()], ids=lambda p: p.x)
def test_the_bound_touches_the_evidence_at_the_posterior_and_nowhere_passes_it(plot: Plot) -> None:
    mean, deviation = bound_curves.posterior(2.0, 1.5, 1.0)
    assert mean == pytest.approx(evidence_gaussian.best_mean(2.0, 1.5, 0.0, 1.0))
    x, bound = values(plot, 0)
    evidence = plot.series[-1].points[0][1]
    assert (bound <= evidence).all()
    assert x[bound.argmax()] == pytest.approx(mean if plot.x.startswith("mean") else deviation, abs=0.02)
    assert bound.max() == pytest.approx(evidence, abs=1e-3)


def test_the_gap_is_the_divergence_from_the_posterior() -> None:
    mean, deviation = bound_curves.posterior(2.0, 1.5, 1.0)
    evidence = float(Normal(0.0, math.hypot(1.5, 1.0)).log_prob(torch.tensor(2.0)))
    for m, s in ((0.3, 0.5), (1.2, 1.4)):
        gap = evidence - bound_curves.elbo(2.0, 1.5, 1.0, m, s)
        assert gap == pytest.approx(float(kl_divergence(Normal(m, s), Normal(mean, deviation))), rel=1e-5)
        assert bound_curves.elbo(2.0, 1.5, 1.0, m, s) == pytest.approx(
            evidence_gaussian.bound("bound", "s", 2.0, 1.5, 0.0, 1.0, m, s, 0.0)
        )


def test_the_best_discriminator_is_no_worse_than_any_near_it() -> None:
    (_, p), (_, q), (_, best) = (values(adversarial_curves.best_discriminator(), i) for i in range(3))

    def value(d: np.ndarray) -> float:
        return float((p * np.log(d) + q * np.log(1 - d)).sum())

    assert np.allclose(best, p / (p + q), rtol=1e-3)
    assert all(value(best) > value(np.clip(best + move, 1e-4, 1 - 1e-4)) for move in (0.02, -0.02))


def test_the_saturating_loss_is_flat_where_the_other_is_steep() -> None:
    slopes = [np.gradient(values(adversarial_curves.generator_losses(), i)[1]) for i in range(2)]
    assert abs(slopes[1][0]) > 30 * abs(slopes[0][0])  # next to D = 0
    assert all((slope < 0).all() for slope in slopes)


def test_the_divergence_of_a_far_generator_is_flat_at_log_two() -> None:
    plot = adversarial_curves.jensen_shannon_by_mean()
    for i in range(2):
        m, js = values(plot, i)
        assert js[0] == 0 and (np.diff(js) >= 0).all() and js.max() <= math.log(2) + 1e-4
    m, narrow = values(plot, 1)
    assert narrow[m >= 3] == pytest.approx(math.log(2), abs=1e-3)
    p, q = Normal(0.0, 1.0), Normal(2.0, 1.0)
    x = torch.linspace(-8, 10, 4001, dtype=torch.float64)
    mixed = torch.logaddexp(p.log_prob(x), q.log_prob(x)) - math.log(2)
    wanted = sum(torch.trapezoid(law.log_prob(x).exp() * (law.log_prob(x) - mixed), x) for law in (p, q)) / 2
    assert adversarial_curves.jensen_shannon(0.0, 2.0, 1.0) == pytest.approx(float(wanted), rel=1e-6)
