"""Simulated learners: the same for a seed, and with a memory that behaves."""

from __future__ import annotations

import random
from statistics import mean

import pytest
from schedule_samples import bank, day, material

from chainrule.schedule.simulated import (
    Learner,
    Trace,
    exam_score,
    expected_score,
    learner,
    mastery,
    practised,
    recall,
    score,
)

SURE = Learner(decay=0.5, first=3.0, growth=4.0, slip=0.0, guess=0.0, half=0.0, talent=0.0, transfer=0.2, speed=1.0)
ONE = material("layers.q0")


def test_a_learner_is_fixed_by_its_seed() -> None:
    assert learner(3) == learner(3) != learner(4)


def test_recall_follows_the_learner_s_own_curve() -> None:
    trace = Trace(3.0, day(0))
    assert [recall(SURE, trace, day(days)) for days in (-1, 0, 9, 72)] == pytest.approx([1, 1, 0.5, 0.2])


def test_mastery_is_of_sight_for_the_unseen_and_never_below_it() -> None:
    assert mastery(SURE, {}, ONE, day(0), 0.0) == pytest.approx(0.45)
    assert mastery(SURE, {}, ONE, day(0), 0.5) == pytest.approx(0.55)
    old = mastery(SURE, {ONE.family: Trace(3.0, day(0))}, ONE, day(9), 0.0)
    assert old == pytest.approx(0.5 + 0.5 * 0.45)


def test_scores_have_their_expected_mean() -> None:
    who, rng = learner(1), random.Random(0)
    for chance in (0.0, 0.4, 1.0):
        scores = [score(who, knows=rng.random() < chance, rng=rng) for _ in range(20_000)]
        assert mean(scores) == pytest.approx(expected_score(who, chance), abs=0.015)


def test_a_spaced_success_strengthens_more_than_one_at_once_and_a_failure_weakens() -> None:
    before = {ONE.family: Trace(3.0, day(0))}
    rng = random.Random(1)
    left: dict[tuple[float, float], float] = {}
    for days in (0.01, 9.0):
        for _ in range(50):
            review, trace = practised(SURE, before, ONE, day(days), topic_seen=0.0, rng=rng)
            left[days, review.score] = trace.strength
    assert left[9.0, 1.0] == pytest.approx(3 * (1 + 4 * 0.5))
    assert 3.0 <= left[0.01, 1.0] < 3.1
    assert left[9.0, 0.0] == pytest.approx(1.5)


def test_the_log_tells_what_happened() -> None:
    review, trace = practised(SURE, {}, ONE, day(2), topic_seen=0.0, rng=random.Random(0))
    assert (review.family, review.topic, review.level, review.at) == ("layers.q0", "layers", 2, day(2))
    assert review.seconds > 0
    assert review.expected == ONE.seconds
    assert trace.last == day(2)


def test_an_exam_of_what_is_fresh_is_passed() -> None:
    memory = {one.family: Trace(3.0, day(0)) for one in bank()}
    assert exam_score(SURE, memory, bank(), day(0), {}, random.Random(0)) == 1.0
    assert exam_score(SURE, {}, bank(), day(0), {}, random.Random(0)) < 0.8
