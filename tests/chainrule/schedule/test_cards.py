"""Cards: the same numbers as the library's own, in any order of the log."""

from __future__ import annotations

import random
from datetime import timedelta, timezone

import fsrs
import pytest
from hypothesis import given, settings
from schedule_samples import START, card, day, logs, review

from chainrule.schedule.cards import Card, cards_of, retrievability, reviewed, scheduler
from chainrule.schedule.rating import rating
from chainrule.schedule.reviews import Review

LOG = [
    review("layers.a", day(0), 1.0),
    review("layers.a", day(3), 0.0),
    review("layers.a", day(3.01), 1.0),  # the same evening
    review("layers.a", day(5), 0.5),
    review("layers.a", day(9), 1.0, seconds=20),
]


def by_library(reviews: list[Review], retention: float) -> fsrs.Card:
    """The library's card, by its own road: rescheduled from review logs."""
    by_fsrs = fsrs.Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    logs = [fsrs.ReviewLog(7, rating(one), one.at, None) for one in reviews]
    return by_fsrs.reschedule_card(fsrs.Card(card_id=7), logs)


@pytest.mark.parametrize("retention", [0.8, 0.9])
@pytest.mark.parametrize("count", range(1, len(LOG) + 1))
def test_cards_are_those_of_the_library(count: int, retention: float) -> None:
    ours, theirs = cards_of(LOG[:count], retention=retention)["layers.a"], by_library(LOG[:count], retention)
    assert (ours.stability, ours.difficulty) == pytest.approx((theirs.stability, theirs.difficulty), rel=1e-12)
    assert (ours.due, ours.last) == (theirs.due, theirs.last_review)


def test_stability_of_a_first_review_is_the_first_parameter_of_its_rating() -> None:
    """Golden numbers of FSRS 6, so that another version of the library is noticed."""
    found = [cards_of([review("a.b", START, *args)])["a.b"].stability for args in ((0.0,), (0.5,), (1.0,))]
    assert found == pytest.approx([0.212, 1.2931, 2.3065])


@pytest.mark.parametrize("days", [0, 1, 7, 100])
def test_retrievability_of_whole_days_is_the_library_s(days: int) -> None:
    one = cards_of(LOG)["layers.a"]
    expected = fsrs.Scheduler().get_card_retrievability(by_library(LOG, 0.8), one.last + timedelta(days=days))
    assert retrievability(one, one.last + timedelta(days=days)) == pytest.approx(expected, rel=1e-12)


def test_retrievability_falls_from_one_to_nine_tenths_at_the_stability() -> None:
    one = card("a.b", due=day(5), last=START, stability=4.0)
    assert retrievability(one, day(-1)) == retrievability(one, START) == 1
    assert 0.9 < retrievability(one, day(3.9)) < retrievability(one, day(3.8))
    assert retrievability(one, day(4)) == pytest.approx(0.9)


def test_reviews_lapses_and_streak_are_counted() -> None:
    one = cards_of(LOG)["layers.a"]
    assert (one.reviews, one.lapses, one.streak) == (5, 1, 3)
    first = cards_of([review("layers.a", START, 0.0)])["layers.a"]
    assert (first.reviews, first.lapses, first.streak) == (1, 0, 0)  # what was never known cannot lapse


def test_the_newest_score_counts_most() -> None:
    one = cards_of([review("a.b", day(0), 0.0), review("a.b", day(1), 1.0)])["a.b"]
    assert one.score == pytest.approx(0.6)


@given(log=logs())
@settings(deadline=None, max_examples=50)
def test_replay_does_not_depend_on_the_order_in_which_reviews_come(log: list[Review]) -> None:
    apart = list({(one.family, one.at): one for one in log}.values())
    shuffled = random.Random(0).sample(apart, len(apart))
    assert cards_of(shuffled) == cards_of(apart)


@given(log=logs())
@settings(deadline=None, max_examples=50)
def test_failing_makes_a_card_due_no_later_than_passing(log: list[Review]) -> None:
    by_fsrs = scheduler()
    for one in [None, *cards_of(log).values()]:
        at = one.due if one else START
        name = one.family if one else "layers.a"
        failed, passed = (reviewed(one, review(name, at, score), by_fsrs) for score in (0.0, 1.0))
        assert failed.due <= passed.due  # both a day, the least, where memory is that weak
        assert failed.stability < passed.stability


def test_failing_makes_a_usual_card_due_earlier_than_passing() -> None:
    one = cards_of(LOG)["layers.a"]
    failed, passed = (reviewed(one, review("layers.a", one.due, score), scheduler()) for score in (0.0, 1.0))
    assert failed.due < passed.due


def test_times_of_another_zone_are_the_same_moments() -> None:
    zone = timezone(timedelta(hours=5))
    moved = [review(one.family, one.at.astimezone(zone), one.score, seconds=one.seconds) for one in LOG]

    def numbers(one: Card) -> tuple[object, ...]:
        return one.due, one.stability, one.difficulty, one.last

    assert numbers(cards_of(moved)["layers.a"]) == numbers(cards_of(LOG)["layers.a"])


def test_an_empty_log_has_no_cards() -> None:
    assert cards_of([]) == {}
