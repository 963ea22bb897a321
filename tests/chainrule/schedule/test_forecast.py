"""The forecast."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from schedule_samples import bank, day, logs, material, review

from chainrule.schedule.forecast import band, curve, forecast
from chainrule.schedule.priors import LEVEL_MEAN, first_sights
from chainrule.schedule.response import PRIOR, Repetition, features, line, repetitions
from chainrule.schedule.reviews import Review

EXAM = day(40)


def lived(score: float, repeats: int = 4) -> list[Review]:
    """Every family of the bank, some times over, with the same score."""
    return [
        review(one.family, day(7 * turn + i / 100), score) for turn in range(repeats) for i, one in enumerate(bank())
    ]


@given(log=logs())
@settings(deadline=None, max_examples=20)
def test_a_forecast_is_a_share_of_marks_and_the_same_for_a_seed(log: list[Review]) -> None:
    found = forecast(log, bank(), EXAM, seed=1, draws=50)
    assert found == forecast(log[::-1], bank(), EXAM, seed=1, draws=50) or len({one.at for one in log}) < len(log)
    assert found is not None
    for one in (found.score, *found.topics.values()):
        assert 0 <= one.low <= one.middle <= one.high <= 1
        assert 0 <= one.mean <= 1
    assert set(found.topics) == {"layers", "convolution", "recurrent"}
    assert found.seen == len({one.family for one in log} - {"layers.gone"})


def test_who_scored_well_is_foretold_more() -> None:
    low, high = (forecast(lived(score), bank(), EXAM, seed=1) for score in (0.2, 1.0))
    assert low is not None and high is not None
    assert low.score.mean < 0.4 < 0.8 < high.score.mean


def test_a_forecast_without_reviews_is_that_of_the_levels() -> None:
    found = forecast([], [material(f"a.q{i}") for i in range(30)], EXAM, seed=1)
    assert found is not None
    assert found.score.mean == pytest.approx(LEVEL_MEAN[2], abs=0.03)
    assert (found.seen, found.after) == (0, None)


def test_a_forecast_of_no_families_is_none() -> None:
    assert forecast(lived(1.0), [], EXAM, seed=1) is None


def test_what_is_further_off_is_forgotten_more() -> None:
    log = [one for one in lived(1.0, repeats=6) if one.at.day % 2] + lived(0.0, repeats=1)
    near, far = (forecast(log, bank(), when, seed=1) for when in (day(43), day(400)))
    assert near is not None and far is not None
    assert far.score.mean < near.score.mean


def test_longer_exams_are_foretold_more_closely() -> None:
    short, long = (forecast(lived(0.5), bank(), EXAM, seed=1, items=items, by_topic=False) for items in (3, 24))
    assert short is not None and long is not None
    assert long.score.high - long.score.low < short.score.high - short.score.low


def test_the_order_of_the_families_does_not_matter() -> None:
    assert forecast(lived(0.5), bank(), EXAM, seed=1) == forecast(lived(0.5), bank()[::-1], EXAM, seed=1)


def test_who_always_scores_half_is_foretold_more_closely_than_who_scores_all_or_nothing() -> None:
    rng = random.Random(0)
    wild = [review(one.family, one.at, float(rng.random() < 0.5)) for one in lived(0.5)]
    even, odd = (forecast(log, bank(), EXAM, seed=1, by_topic=False) for log in (lived(0.5), wild))
    assert even is not None and odd is not None
    assert even.score.high - even.score.low < 0.6 * (odd.score.high - odd.score.low)


def test_the_band_is_of_percentiles() -> None:
    found = band([i / 100 for i in range(101)])
    assert (found.low, found.middle, found.high) == (0.1, 0.5, 0.9)
    assert found.mean == pytest.approx(0.5)


def test_the_curve_has_a_point_for_each_day_of_the_log() -> None:
    found = curve(lived(1.0), bank(), exam=EXAM, seed=1)
    assert [one.after.date() for one in found if one.after] == [day(days).date() for days in (0, 7, 14, 21)]
    assert {one.day for one in found} == {EXAM}
    assert found[-1].score.mean > found[0].score.mean - 0.05
    assert found[-1].seen == len(bank())


def test_a_long_curve_is_thinned_and_keeps_its_last_day() -> None:
    log = [review("layers.q0", day(i)) for i in range(11)]
    found = curve(log, bank(), ahead=timedelta(days=3), seed=1, points=4)
    assert [one.after for one in found] == [day(i) for i in (1, 4, 7, 10)]
    assert [one.day for one in found] == [day(i + 3) for i in (1, 4, 7, 10)]


def test_a_curve_wants_a_time_to_be_for() -> None:
    with pytest.raises(ValueError, match="neither `exam` nor `ahead`"):
        curve([], bank(), seed=1)


def test_an_empty_log_has_an_empty_curve() -> None:
    assert curve([], bank(), exam=EXAM, seed=1) == ()


def test_first_sights_pull_the_prior_of_their_topic_and_level() -> None:
    log = [review(f"layers.q{i}", day(i), 1.0) for i in range(6)] + [review("layers.q0", day(9), 0.0)]
    sights = first_sights(log)

    def mean(topic: str, level: int) -> float:
        a, b = sights.beta(topic, level)
        return a / (a + b)

    assert LEVEL_MEAN[2] < mean("recurrent", 2) < mean("layers", 2) < 1
    assert mean("layers", 3) == pytest.approx(LEVEL_MEAN[3])
    assert mean("recurrent", 2) == pytest.approx((4 * LEVEL_MEAN[2] + 6) / 10)


def test_the_line_is_the_prior_without_repetitions() -> None:
    found = line([])
    assert found.mean == pytest.approx(PRIOR)


def test_the_line_finds_how_scores_follow_recall() -> None:
    """Scores are made from known coefficients; the fit must come near what they say, and be sure of it."""
    rng = random.Random(0)
    made = []
    for one in repetitions(lived(0.5, repeats=20)):
        at = one.card.last + timedelta(days=rng.uniform(0, 200))
        recall = features(one.card, at)[1]
        made.append(Repetition(one.card, at, 0.1 + 0.8 * recall + rng.gauss(0, 0.05)))
    found = line(made)
    told = [sum(a * b for a, b in zip(found.mean, (1.0, recall, 0.5), strict=True)) for recall in (0.7, 0.9)]
    assert told == pytest.approx([0.1 + 0.8 * 0.7, 0.1 + 0.8 * 0.9], abs=0.02)
    assert found.noise < 0.01


def test_draws_of_the_line_have_its_mean_and_spread() -> None:
    import numpy as np

    found, rng = line(repetitions(lived(0.5))), random.Random(0)
    draws = np.array([found.draw(rng) for _ in range(4000)])
    root = np.array(found.root)
    assert draws.mean(axis=0) == pytest.approx(np.array(found.mean), abs=0.02)
    assert np.cov(draws.T) == pytest.approx(root @ root.T, abs=0.01)


def test_repetitions_have_the_card_before_them() -> None:
    log = [review("a.b", day(0)), review("a.b", day(3), 0.0), review("a.c", day(4))]
    (one,) = repetitions(log)
    assert (one.card.reviews, one.card.last, one.at, one.score) == (1, day(0), day(3), 0.0)
