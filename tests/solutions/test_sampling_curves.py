"""Draws, bounds, mixtures and n-grams as curves: against closed forms, theory and counting by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.distributions import MultivariateNormal, kl_divergence

from solutions import mixture_curves, ngram_curves, sampling_curves
from solutions.bound_curves import elbo, log_evidence
from solutions.trained.text import entropy


def test_variances_are_those_of_the_closed_forms() -> None:
    for n in (1, 8, 64):
        # z = 1 + e: E z²e² = 4, E z⁴e² = 34, E z² = 2, E z⁴ = 10, and each estimate has the mean 2
        fe = 4 + 2 * (n - 1)  # E f e₁²
        ffe = 34 + 2 * 4 * 2 * (n - 1) + 6 * (n - 1) + 4 * (n - 1) ** 2  # E f² e₁²
        wanted = ffe - 4, ffe - 4 * n * fe + 4 * n**2 - 4, 4
        assert sampling_curves.variances(n) == pytest.approx(wanted, rel=0.06)


def test_reparameterised_estimates_alone_do_not_spread_with_the_size() -> None:
    plot = sampling_curves.gradient_variances()
    score, baseline, path = (np.array(series.points)[:, 1] for series in plot.series)
    assert path.max() < 1.2 * path.min() and score[-1] > 100 * score[0] and baseline[-1] < score[-1] / 10


def test_bounds_rise_to_the_evidence_with_more_draws() -> None:
    prior, nearer, evidence = sampling_curves.bounds_by_draws().series
    x, w, sigma = sampling_curves.MODEL
    assert evidence.points[0][1] == pytest.approx(log_evidence(x, w, sigma), abs=1e-3)
    for series in (prior, nearer):
        heights = np.array(series.points)[:, 1]
        assert (np.diff(heights) > -0.02).all() and heights[-1] == pytest.approx(evidence.points[0][1], abs=0.02)
    assert prior.points[0][1] == pytest.approx(float(elbo(x, w, sigma, 0.0, 1.0)), abs=0.2)
    assert nearer.points[0][1] > prior.points[0][1]


def test_the_mean_of_the_logarithm_is_below_the_logarithm_of_the_mean() -> None:
    plot = sampling_curves.jensen(1.0, 3.0)
    assert plot.series[1].points == ((2.0, pytest.approx(math.log(2), abs=1e-4)),)
    assert plot.series[2].points == ((2.0, pytest.approx(math.log(3) / 2, abs=1e-4)),)


def test_a_transformed_density_is_that_of_its_draws() -> None:
    x = np.linspace(0.01, 8, 8000)
    density = sampling_curves.transformed_density(x)
    assert density.sum() * (x[1] - x[0]) == pytest.approx(1, abs=1e-3)
    bins = np.array(sampling_curves.transformed().series[2].points)
    assert bins[:, 1] == pytest.approx(sampling_curves.transformed_density(bins[:, 0]), abs=0.06)


def test_factorised_laws_are_the_closest_in_their_directions() -> None:
    r = 0.9
    p = MultivariateNormal(torch.zeros(2), torch.tensor([[1.0, r], [r, 1.0]]))
    _, narrow, wide = (np.array(series.points)[0][0] for series in mixture_curves.mean_field(r).series)

    def factorised(deviation: float) -> MultivariateNormal:
        return MultivariateNormal(torch.zeros(2), deviation**2 * torch.eye(2))

    tried = np.linspace(0.2, 1.5, 261)
    there = [float(kl_divergence(p, factorised(s))) for s in tried]
    back = [float(kl_divergence(factorised(s), p)) for s in tried]
    assert wide == pytest.approx(tried[int(np.argmin(there))], abs=0.006)
    assert narrow == pytest.approx(tried[int(np.argmin(back))], abs=0.006)


def test_a_bound_touches_the_likelihood_and_its_top_is_the_next_step() -> None:
    x = mixture_curves.numbers(1.3)
    grid = np.linspace(0, 2, 401)
    for here in (0.4, 0.9):
        bound = np.array([mixture_curves.bound_gain(x, float(m), here) for m in grid])
        likely = np.array([mixture_curves.gain(x, float(m)) for m in grid])
        assert (bound <= likely + 1e-9).all()
        assert mixture_curves.bound_gain(x, here, here) == pytest.approx(mixture_curves.gain(x, here))
        assert grid[bound.argmax()] == pytest.approx(mixture_curves.next_centre(x, here), abs=0.005)
    steps = mixture_curves.bound_touches().series[-1].points
    assert steps[0][1] < steps[1][1] < steps[2][1]


def test_em_never_lowers_the_likelihood_and_ends_where_no_slope_is_left() -> None:
    for series in mixture_curves.likelihood_by_step().series:
        heights = np.array(series.points)[:, 1]
        assert (np.diff(heights) < 0).all()
    x = torch.tensor(mixture_curves.numbers())
    weight, means, widths = mixture_curves.em(x.numpy(), mixture_curves.ROUNDS)[-1]
    free = [torch.tensor(part, dtype=torch.float64, requires_grad=True) for part in (weight, means, widths)]
    laws = torch.distributions.Normal(free[1], free[2]).log_prob(x[:, None]).exp()
    likely = ((1 - free[0]) * laws[:, 0] + free[0] * laws[:, 1]).log().mean()
    assert all(float(g.abs().max()) < 1e-6 for g in torch.autograd.grad(likely, free))


def test_densities_come_nearer_to_the_numbers_step_by_step() -> None:
    x = mixture_curves.numbers()
    lines = mixture_curves.densities_by_step().series
    likely = [np.log(np.interp(x, *np.array(line.points).T)).mean() for line in lines[:4]]
    assert likely == sorted(likely) and len(lines[4].points) == mixture_curves.COUNT


def test_perplexity_is_that_of_counting_by_hand() -> None:
    # "ab" follows as a→b twice, b→a once; with c added to each of the counts
    c, letters = ngram_curves.COUNTED, len(ngram_curves.ALPHABET)
    wanted = (2 + c) / (2 + c * letters), (1 + c) / (1 + c * letters)
    assert ngram_curves.perplexity("abab", "aba", 2) == pytest.approx((wanted[0] * wanted[1]) ** -0.5)
    assert ngram_curves.perplexity("aab", "ab", 2) == pytest.approx((2 + c * letters) / (1 + c))  # a→a, a→b


def test_long_ngrams_need_much_text_and_none_is_better_than_the_entropy() -> None:
    own, other, long, least = (np.array(s.points)[:, 1] for s in ngram_curves.perplexity_by_order().series)
    assert 0 < other.argmin() < len(other) - 1 and other[-1] > 1.3 * other.min()
    assert long.min() > 0.98 * least[0] == pytest.approx(0.98 * math.exp(entropy()), rel=1e-3)
    assert (long <= other).all() and own[-1] < other[-1]
