"""The plan up to an exam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from schedule_samples import bank, card, day, logs, material, review

from chainrule.schedule.cards import Card, cards_of, retrievability
from chainrule.schedule.gain import marks_gain, recall_gain
from chainrule.schedule.plan import Plan, plan, quick
from chainrule.schedule.reviews import Review
from chainrule.schedule.settings import Settings

EXAM = day(20)


def planned(cards: Mapping[str, Card], at: datetime, **changed: Any) -> Plan:
    options: dict[str, Any] = {"minutes_a_day": 30.0, **changed}
    return plan(cards, bank(), at, EXAM, **options)


def known(*families: str, last: float = 5, stability: float = 5.0) -> dict[str, Card]:
    return {name: card(name, due=day(9), last=day(last), stability=stability) for name in families}


@given(log=logs(), at=st.integers(31, 60), minutes=st.floats(5, 120))
@settings(deadline=None, max_examples=50)
def test_a_plan_keeps_its_promises(log: list[Review], at: int, minutes: float) -> None:
    cards, needs = cards_of(log), Settings(prerequisites={"recurrent": ("layers",)})
    found = plan(cards, bank(), day(at), day(45), minutes_a_day=minutes, reviews=log, settings=needs)
    names = [one.family for one in found.today]
    assert len(set(names)) == len(names)
    assert set(names) <= {one.family for one in bank()}
    assert sum(one.minutes for one in found.today) <= found.target + max(
        (one.minutes for one in found.today), default=0
    )
    assert found == plan(cards, bank(), day(at), day(45), minutes_a_day=minutes, reviews=log, settings=needs)
    assert not (day(at) >= day(45) and found.today)


def test_everything_is_seen_once_before_anything_twice_where_the_days_allow() -> None:
    found = planned(known("recurrent.q0"), day(10))
    assert found.fits
    assert {one.reason for one in found.today} == {"new"}
    assert found.needed == sum(one.seconds for one in bank() if one.family != "recurrent.q0") / 60
    assert found.unseen == len(bank()) - 1


def test_else_most_marks_per_minute_are_seen() -> None:
    families = tuple(
        material(f"a.q{i}", seconds=600, marks=marks) for i, marks in enumerate((1.0, 5.0, 1.0, 4.0, 1.0, 1.0))
    )
    found = plan({}, families, day(17), EXAM, minutes_a_day=10)
    assert not found.fits
    assert [one.family for one in found.today] == ["a.q1"]
    after = plan(known("a.q1", last=17), families, day(18), EXAM, minutes_a_day=10)
    assert [one.family for one in after.today] == ["a.q3"]


def test_then_comes_what_adds_most_to_the_exam_per_minute() -> None:
    cards = known(*(one.family for one in bank()), stability=30.0) | known("layers.q3", stability=2.0)
    found = planned(cards, day(10), minutes_a_day=4)
    assert (found.today[0].family, found.today[0].reason) == ("layers.q3", "gain")
    by_id = {one.family: one for one in bank()}
    rates = {name: marks_gain(by_id[name], cards[name], day(10), EXAM) / by_id[name].seconds for name in cards}
    assert max(rates, key=lambda name: rates[name]) == "layers.q3"


def test_a_weak_prerequisite_is_planned_once_though_it_adds_to_the_exam_too() -> None:
    needs = Settings(prerequisites={"recurrent": ("layers",)}, weak_below=0.9)
    cards = known(*(one.family for one in bank() if one.topic == "layers"), stability=2.0)
    found = planned(cards, day(10), minutes_a_day=90, settings=needs)
    names = [one.family for one in found.today]
    assert [one.reason for one in found.today].count("weak prerequisite") == 2
    assert "gain" in [one.reason for one in found.today]
    assert len(set(names)) == len(names)


def test_the_last_day_is_for_repetition_alone() -> None:
    found = planned(known("layers.q0", "layers.q1", "recurrent.q0"), day(19))
    assert found.days == 1
    assert {(one.family, one.reason) for one in found.today} == {
        ("layers.q0", "last day"),
        ("layers.q1", "last day"),
        ("recurrent.q0", "last day"),
    }
    assert set(found.last) == {"layers.q0", "layers.q1", "recurrent.q0"}


def test_on_the_morning_of_the_exam_there_is_something_and_after_it_nothing() -> None:
    cards = known("layers.q0")
    assert [one.family for one in planned(cards, day(19.9)).today] == ["layers.q0"]
    over = planned(cards, day(20.1))
    assert (over.days, over.target, over.behind, over.today, over.last) == (0, 0, 0, (), ())


def test_what_days_before_lacked_is_behind_and_spread_over_the_days_left() -> None:
    log = [review("layers.q0", day(8), seconds=1200), review("layers.q1", day(9), seconds=600)]
    found = planned({}, day(10), reviews=log, began=day(8))
    assert found.behind == pytest.approx(60 - 30 + 30)  # 30 of two days, and today
    assert found.target == pytest.approx(30 + 30 / 10)


def test_minutes_of_today_count_at_once() -> None:
    log = [review("layers.q0", day(10), seconds=1200)]
    found = planned({}, day(10), reviews=log)
    assert (found.practised, found.behind, found.target) == (20, 10, 30)
    assert sum(one.minutes for one in found.today) <= 10 + 3


def test_practice_before_the_plan_began_is_neither_ahead_nor_behind() -> None:
    log = [review("layers.q0", day(2), seconds=6000)]
    assert planned({}, day(10), reviews=log).behind == 30
    assert planned({}, day(10), reviews=log, began=day(9)).behind == 60
    assert planned({}, day(10), reviews=log, began=day(2)).behind == pytest.approx(8 * 30 - 100 + 30)


def test_who_is_ahead_has_less_to_do() -> None:
    log = [review("layers.q0", day(9), seconds=60 * 230)]
    found = planned({}, day(10), reviews=log, began=day(9))
    assert found.behind == -170
    assert found.target == pytest.approx(30 - 200 / 10)


def test_topics_of_the_exam_alone_are_planned() -> None:
    found = planned(known("layers.q0"), day(10), topics=["recurrent"])
    assert {one.topic for one in found.today} == {"recurrent"}
    assert (found.unseen, found.last) == (8, ())


def test_in_a_few_minutes_only_known_items_that_fit() -> None:
    cards = known("layers.q0", "layers.q1", "layers.q2", "recurrent.q0")  # of 2, 4, 6 and 2 minutes
    found = quick(cards, bank(), day(10), EXAM, minutes=5)
    assert {one.family for one in found} == {"layers.q0", "recurrent.q0"}
    assert quick({}, bank(), day(10), EXAM) == ()
    assert quick(cards, bank(), day(10), EXAM, minutes=1.9) == ()


def test_quick_leaves_out_what_was_practised_today() -> None:
    assert quick(known("layers.q0", last=9.8), bank(), day(10), EXAM) == ()
    assert len(quick(known("layers.q0", last=9.7), bank(), day(10.8), EXAM)) == 1


def test_the_gain_is_what_a_repetition_adds_by_the_scheduler_s_own_states() -> None:
    """By another road: both outcomes are played, and weighted by the recall of now."""
    one = cards_of([review("a.b", day(0))])["a.b"]
    recall = retrievability(one, day(6))
    after = [cards_of([review("a.b", day(0)), review("a.b", day(6), score)])["a.b"] for score in (1.0, 0.0)]
    right, wrong = (retrievability(card, EXAM) for card in after)
    expected = recall * right + (1 - recall) * wrong - retrievability(one, EXAM)
    assert recall_gain(one, day(6), EXAM) == pytest.approx(expected)
    assert expected > 0.03


def test_the_usual_settings_are_not_changed_by_a_plan() -> None:
    given_settings = Settings(topics=("layers",))
    found = planned({}, day(10), settings=given_settings)
    assert {one.topic for one in found.today} == {"layers"}
    assert given_settings.exam is None
