"""The queue of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from schedule_samples import TOPICS, bank, card, day, logs, material

from chainrule.schedule.cards import Card, cards_of, retrievability
from chainrule.schedule.planned import Planned
from chainrule.schedule.queue import queue
from chainrule.schedule.reviews import Review
from chainrule.schedule.settings import Settings

NOW = day(30)
USUAL = Settings()
NEEDS = Settings(prerequisites={"recurrent": ("layers",)})


def queued(
    cards: Mapping[str, Card], *, minutes: float = 30, given: Settings = USUAL, seed: int = 1, at: datetime = NOW
) -> tuple[Planned, ...]:
    return queue(cards, bank(), at, minutes=minutes, settings=given, seed=seed)


def seen(family: str, last: float, *, due: float = 0, stability: float = 5.0, streak: int = 2) -> Card:
    return replace(card(family, due=day(due), last=day(last), stability=stability), streak=streak)


@given(log=logs(), minutes=st.floats(0, 90), seed=st.integers(0, 5), share=st.floats(0, 1))
@settings(deadline=None, max_examples=60)
def test_a_queue_keeps_its_promises(log: list[Review], minutes: float, seed: int, share: float) -> None:
    cards, given_settings = cards_of(log), replace(NEEDS, new_share=share)
    found = queued(cards, minutes=minutes, given=given_settings, seed=seed)
    assert found == queued(cards, minutes=minutes, given=given_settings, seed=seed)
    names = [one.family for one in found]
    assert len(set(names)) == len(names)
    assert set(names) <= {one.family for one in bank()}  # `layers.gone` is in many logs
    for one in found:
        own = cards.get(one.family)
        assert one.recall == (retrievability(own, NOW) if own else 0)
        assert (one.reason == "new") <= (own is None)
        assert (one.reason in ("due", "failed before")) <= (own is not None and own.due.date() <= NOW.date())
    longest = max((one.minutes for one in found), default=0.0)
    assert sum(one.minutes for one in found) <= minutes + longest


@given(log=logs(), minutes=st.floats(1, 40))
@settings(deadline=None, max_examples=60)
def test_the_minutes_are_used_while_there_is_something(log: list[Review], minutes: float) -> None:
    found = queued(cards_of(log), minutes=minutes)
    left = {one.family for one in bank()} - {one.family for one in found} - {one.family for one in log}
    longest = max(one.seconds / 60 for one in bank())
    assert not left or sum(one.minutes for one in found) >= minutes - longest


@given(log=logs())
@settings(deadline=None, max_examples=60)
def test_no_two_of_a_topic_in_a_row_where_that_can_be(log: list[Review]) -> None:
    topics = [one.topic for one in queued(cards_of(log))]  # without prerequisites nothing else fixes the order
    most = max((topics.count(topic) for topic in TOPICS), default=0)
    assert sum(a == b for a, b in pairwise(topics)) == max(0, 2 * most - len(topics) - 1)


def test_with_an_empty_log_the_course_begins() -> None:
    found = queued({}, minutes=6)
    assert [(one.family, one.reason) for one in found] == [("layers.q0", "new"), ("layers.q1", "new")]


def test_due_families_come_by_least_recall_before_new_ones() -> None:
    cards = {
        "layers.q3": seen("layers.q3", 20),
        "convolution.q3": seen("convolution.q3", 0),
        "recurrent.q3": seen("recurrent.q3", 10),
    }
    found = queued(cards, minutes=6)
    assert [one.family for one in found] == ["convolution.q3", "recurrent.q3", "layers.q0"]
    assert [one.reason for one in found] == ["due", "due", "new"]


def test_what_is_not_due_stays_away_until_its_day_in_the_learner_s_zone() -> None:
    cards = {"layers.q0": seen("layers.q0", 20, due=30.2)}  # 22:48, of that day in London and of the next in Moscow
    moscow = timezone(timedelta(hours=3))
    assert "layers.q0" in [one.family for one in queued(cards)]
    assert "layers.q0" not in [one.family for one in queued(cards, at=NOW.astimezone(moscow))]
    assert "layers.q0" not in [one.family for one in queued(cards, at=day(29))]


def test_what_was_forgotten_says_so() -> None:
    (first, *_) = queued({"layers.q0": seen("layers.q0", 20, streak=0)})
    assert (first.family, first.reason) == ("layers.q0", "failed before")


def test_new_families_keep_their_share_of_the_minutes() -> None:
    cards = {one.family: seen(one.family, 10) for one in bank()[4:]}
    none, half = (queued(cards, minutes=16, given=replace(USUAL, new_share=share)) for share in (0.0, 0.5))
    assert [one.reason for one in none].count("new") == 0
    assert 6 <= sum(one.minutes for one in half if one.reason == "new") <= 10


def test_reviews_take_the_minutes_that_new_families_do_not_need() -> None:
    cards = {one.family: seen(one.family, 10) for one in bank()[1:]}
    found = queued(cards, minutes=30)
    assert [one.reason for one in found].count("new") == 1
    assert sum(one.minutes for one in found) > 26


def test_a_weak_prerequisite_comes_before_what_needs_it() -> None:
    found = queued({}, given=replace(NEEDS, topics=("recurrent",)), minutes=20)
    weak = [one.family for one in found if one.reason == "weak prerequisite"]
    assert weak == ["layers.q0", "layers.q1", "layers.q2"]
    names = [one.family for one in found]
    assert max(map(names.index, weak)) < names.index("recurrent.q0")


def test_before_an_exam_nothing_waits_until_after_it() -> None:
    cards = {"recurrent.q0": seen("recurrent.q0", 20, due=60)}
    assert "recurrent.q0" not in [one.family for one in queued(cards)]
    assert "recurrent.q0" in [one.family for one in queued(cards, given=Settings(exam=day(31)))]


def test_reviews_take_the_minutes_in_which_nothing_new_fits() -> None:
    families = (material("b.long", seconds=1800), *(material(f"a.q{i}", seconds=60) for i in range(20)))
    cards = {one.family: seen(one.family, 10) for one in families[1:]}
    assert len(queue(cards, families, NOW, minutes=10, settings=USUAL, seed=0)) == 10


def test_chosen_topics_alone_are_asked() -> None:
    cards = {"layers.q0": seen("layers.q0", 20)}
    assert {one.topic for one in queued(cards, given=Settings(topics=("convolution",)))} == {"convolution"}


def test_minutes_are_by_the_learner_s_pace() -> None:
    usual, slow = queued({}, minutes=60), queued({}, minutes=60, given=Settings(pace={0: 2.0}))
    assert slow[0].minutes == 2 * usual[0].minutes
    assert len(slow) < len(usual)


def test_every_repetition_has_a_fresh_variant() -> None:
    once, twice = (queued({"layers.q0": replace(seen("layers.q0", 20), reviews=n)})[0] for n in (1, 2))
    other = queued({"layers.q0": seen("layers.q0", 20)}, seed=2)[0]
    assert len({once.seed, twice.seed, other.seed}) == 3


def test_alike_recall_is_shuffled_by_the_seed() -> None:
    cards = {one.family: seen(one.family, 20) for one in bank()}
    orders = {tuple(one.family for one in queued(cards, minutes=200, seed=seed)) for seed in range(5)}
    assert len(orders) > 1


def test_a_queue_of_no_minutes_is_empty() -> None:
    assert queued({}, minutes=0) == queue({}, (), NOW, minutes=30, settings=USUAL, seed=0) == ()


def test_an_item_longer_than_twice_what_is_left_waits() -> None:
    families = (material("a.short", seconds=60), material("a.long", seconds=1200))
    found = queue({}, families, NOW, minutes=5, settings=USUAL, seed=0)
    assert [one.family for one in found] == ["a.short"]
