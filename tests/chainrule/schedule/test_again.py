"""Repetition within a session."""

from __future__ import annotations

import pytest
from schedule_samples import START, review

from chainrule.schedule.again import again_today, put_again
from chainrule.schedule.planned import Planned


def planned(name: str) -> Planned:
    return Planned(name, name[0], "new", 2.0, 0.0, seed=5)


def put(rest: str, failed: str = "x", places: int = 2) -> str:
    found = put_again([planned(name) for name in rest], planned(failed), places=places, seed=1)
    return "".join(one.family for one in found)


@pytest.mark.parametrize(("score", "again"), [(0.0, True), (0.49, True), (0.5, False), (1.0, False)])
def test_what_failed_comes_again(score: float, again: bool) -> None:
    assert again_today(review("layers.a", START, score)) == again


@pytest.mark.parametrize(
    ("rest", "expected"),
    [("abcd", "abxcd"), ("ab", "abx"), ("a", "ax"), ("", "x")],
)
def test_it_comes_a_few_places_later_or_at_the_end(rest: str, expected: str) -> None:
    assert put(rest) == expected


def test_it_moves_up_to_two_places_to_keep_topics_apart() -> None:
    rest = [planned(name) for name in ("a1", "x1", "b1", "c1")]
    found = put_again(rest, planned("x0"), places=2, seed=1)
    assert [one.family for one in found] == ["a1", "x1", "b1", "x0", "c1"]


def test_it_touches_its_topic_neither_before_nor_after() -> None:
    rest = [planned(name) for name in ("a1", "b1", "x1", "c1")]
    found = put_again(rest, planned("x0"), places=2, seed=1)
    assert [one.family for one in found] == ["a1", "b1", "x1", "c1", "x0"]


def test_what_waits_already_is_not_put_twice() -> None:
    assert put("abx") == "abx"


def test_it_comes_with_another_variant_and_says_why() -> None:
    one = put_again([], planned("x"), places=2, seed=1)[0]
    assert one.reason == "failed before"
    assert one.seed != planned("x").seed
