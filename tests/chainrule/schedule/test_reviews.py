"""Reviews from judged attempts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from schedule_samples import START

from chainrule.schedule.reviews import reviews_of
from chainrule.store.records import Attempt, Item, Judged

ITEM = Item("layers.softmax", "v", 1, "{}", "practice", id="item")


def judged(
    part: str, score: float, minute: float, *, outcome: str = "", marks: float = 1.0, item: Item = ITEM
) -> Judged:
    word = outcome or ("right" if score == 1 else "partial" if score else "wrong")
    at = START + timedelta(minutes=minute)
    attempt = Attempt(item.id, part, "formula", "x", word, score, marks, hints=1, seconds=30.0, at=at)
    return Judged(item, attempt, word, score, mistake="sign" if score == 0 else "", feedback="[]")


def test_all_parts_of_an_item_are_one_review() -> None:
    (one,) = reviews_of([judged("a", 1, 1, marks=3), judged("b", 0, 2, marks=1)], {"layers.softmax": 3})
    assert (one.family, one.topic, one.level) == ("layers.softmax", "layers", 3)
    assert one.score == pytest.approx(0.75)
    assert (one.hints, one.seconds, one.mistakes) == (2, 60.0, ("sign",))
    assert one.at == START + timedelta(minutes=2)
    assert one.expected == pytest.approx(210 + 0.6 * 210)


def test_the_first_judged_answer_to_a_part_counts_whatever_the_order() -> None:
    tries = [judged("a", 1, 3), judged("a", 0, 2), judged("a", 0, 1, outcome="unreadable")]
    assert [one.score for one in reviews_of(tries)] == [0.0]


@pytest.mark.parametrize("outcome", ["unreadable", "undecided", "fault"])
def test_what_was_not_judged_is_no_review(outcome: str) -> None:
    assert reviews_of([judged("a", 0, 1, outcome=outcome)]) == ()


def test_a_regrading_counts_and_not_the_first_verdict() -> None:
    regraded = replace(judged("a", 0, 1), outcome="right", score=1.0, mistake="", regraded=True)
    (one,) = reviews_of([regraded])
    assert (one.score, one.mistakes) == (1.0, ())


def test_reviews_come_in_the_order_of_time() -> None:
    other = replace(ITEM, id="other", family="layers.relu")
    found = reviews_of([judged("a", 1, 9), judged("a", 1, 2, item=other)])
    assert [one.family for one in found] == ["layers.relu", "layers.softmax"]


def test_an_empty_log_has_no_reviews() -> None:
    assert reviews_of([]) == ()


def test_parts_without_marks_count_alike() -> None:
    (one,) = reviews_of([judged("a", 1, 1, marks=0), judged("b", 0, 2, marks=0)])
    assert one.score == 0.5
