"""Intervals and quantiles against SciPy, and what they hold in simulations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.statistics.f_distribution import f_quantile, incomplete_beta
from chainrule.statistics.intervals import Z, correlation_estimate, share_estimate

stats = pytest.importorskip("scipy.stats")
special = pytest.importorskip("scipy.special")


def test_the_quantile_of_the_normal_distribution() -> None:
    assert pytest.approx(stats.norm.ppf(0.975), abs=1e-12) == Z


@pytest.mark.parametrize("freedom", [(1, 1), (2, 7), (9, 81), (9.5, 3.2), (59, 354), (4999, 49990)])
@pytest.mark.parametrize("share", [0.001, 0.025, 0.5, 0.975, 0.999])
def test_quantiles_of_f_are_those_of_scipy(share: float, freedom: tuple[float, float]) -> None:
    assert f_quantile(share, *freedom) == pytest.approx(stats.f.ppf(share, *freedom), rel=1e-8)


@given(st.floats(0.05, 500), st.floats(0.05, 500), st.floats(0, 1))
def test_the_incomplete_beta_function_is_that_of_scipy(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-7, abs=1e-12)


@given(st.integers(1, 500), st.data())
def test_shares_have_the_interval_of_wilson(n: int, data: st.DataObject) -> None:
    times = data.draw(st.integers(0, n))
    found = share_estimate(times / n, n)
    wanted = stats.binomtest(times, n).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high), abs=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_correlations_have_the_interval_of_fisher() -> None:
    chance = np.random.default_rng(0)
    x = chance.normal(size=40)
    y = x + chance.normal(size=40)
    wanted = stats.pearsonr(x, y)
    between = wanted.confidence_interval(0.95)
    found = correlation_estimate(wanted.statistic, 40)
    assert (found.low, found.high) == pytest.approx((between.low, between.high), abs=1e-9)
    assert correlation_estimate(1.0, 12).low == 1.0


@pytest.mark.parametrize(("a", "b"), [(0.3, 0.2), (2, 1), (5, 5)])
def test_the_interval_of_a_mean_score_holds_the_true_mean_often_enough(a: float, b: float) -> None:
    """Scores between 0 and 1 by a beta distribution, 25 at a time."""
    means = np.random.default_rng(1).beta(a, b, size=(2000, 25)).mean(axis=1)
    held = [found.low <= a / (a + b) <= found.high for found in (share_estimate(float(m), 25) for m in means)]
    assert sum(held) / len(held) >= 0.94
