"""Nothing is due after the exam."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from schedule_samples import card, day, logs

from chainrule.schedule.cards import cards_of
from chainrule.schedule.exam_day import before_exam, days_left, last_day
from chainrule.schedule.reviews import Review


@given(log=logs())
@settings(deadline=None, max_examples=60)
def test_nothing_is_due_after_an_exam_that_is_ahead(log: list[Review]) -> None:
    for one in cards_of(log).values():
        for exam in (day(31), day(60)):
            assert before_exam(one, exam, day(30.5)).due <= exam


def test_what_is_due_later_is_due_the_day_before() -> None:
    late = card("a.b", due=day(40), last=day(1))
    assert before_exam(late, day(20), day(5)) == replace(late, due=day(19))
    assert before_exam(replace(late, last=day(19.5)), day(20), day(19.6)).due == day(20)
    soon = replace(late, due=day(7))
    assert before_exam(soon, day(20), day(5)) == soon


def test_after_the_exam_and_without_one_cards_stay_as_they_are() -> None:
    late = card("a.b", due=day(40), last=day(1))
    assert before_exam(late, day(4), day(5)) == before_exam(late, None, day(5)) == late


@pytest.mark.parametrize(("at", "left"), [(0, 10), (9, 1), (9.24, 1), (9.26, 0), (10, 0), (12, 0)])
def test_days_left_count_today_and_not_the_exam_s(at: float, left: int) -> None:
    assert days_left(day(at), day(10)) == left


def test_days_are_those_of_the_learner_s_zone() -> None:
    zone = timezone(timedelta(hours=7))  # where it is past midnight by then
    assert days_left(day(9).astimezone(zone), day(10.1)) == 1
    assert days_left(day(9).astimezone(zone), day(9.1)) == 0


def test_the_last_day_is_for_the_weakest_on_the_exam_s_day() -> None:
    cards = {
        "a.strong": card("a.strong", due=day(9), last=day(8), stability=50),
        "a.old": card("a.old", due=day(9), last=day(0), stability=2),
        "a.bad": card("a.bad", due=day(9), last=day(8), stability=50, score=0.1),
        "a.later": card("a.later", due=day(9), last=day(9.5), stability=0.1),
    }
    assert last_day(cards, day(9), day(10), 2) == ("a.bad", "a.old")
    assert len(last_day(cards, day(9), day(10), 9)) == 3
    assert last_day(cards, day(9), day(10), 0) == last_day({}, day(9), day(10), 5) == ()
