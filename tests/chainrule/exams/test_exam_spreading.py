"""Questions over sections and topics: spread where it can be, found where there is a way at all."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations, product

import pytest

from chainrule.exams.spreading import Unfilled, Want, spread


def test_no_topic_comes_twice_before_each_that_can_has_come_once() -> None:
    topics = {f"{topic}{i}": topic for topic in "abcd" for i in range(5)}
    everything = tuple(sorted(topics))
    for count, most in ((4, 1), (7, 2), (12, 3)):
        [found] = spread([Want(everything, count)], topics)
        assert len(set(found)) == count
        assert max(Counter(topics[family] for family in found).values()) == most


def test_a_section_gives_way_where_another_can_have_nothing_else() -> None:
    topics = {"a1": "a", "b1": "b"}
    assert spread([Want(("a1", "b1"), 1), Want(("a1",), 1)], topics) == [["b1"], ["a1"]]


def test_a_section_gives_way_where_another_can_have_no_other_topic() -> None:
    topics = {"a1": "a", "a2": "a", "b1": "b"}
    assert spread([Want(("a1", "b1"), 1), Want(("a2",), 1)], topics) == [["b1"], ["a2"]]


def test_fixed_families_stay_and_count_for_their_topic() -> None:
    topics = {"a1": "a", "a2": "a", "b1": "b"}
    assert spread([Want(("a2", "b1"), 2, fixed=("a1",)), Want(("a1", "a2"), 1)], topics) == [["a1", "b1"], ["a2"]]


def test_one_topic_may_be_asked_for_as_often_as_a_section_likes() -> None:
    topics = {f"{topic}{i}": topic for topic in "ab" for i in range(4)}
    first, second = spread([Want(("a0", "a1", "a2"), 3), Want(tuple(topics), 2)], topics)
    assert {topics[family] for family in first} == {"a"}
    assert {topics[family] for family in second} == {"b"}


def test_what_is_short_says_how_many_are_missing() -> None:
    with pytest.raises(Unfilled) as caught:
        spread([Want(("a",), 3)], {"a": "t"})
    assert caught.value.missing == 2


@pytest.mark.parametrize("seed", range(60))
def test_a_form_is_found_exactly_where_trying_everything_finds_one(seed: int) -> None:
    chance = random.Random(seed)
    families = [f"f{i}" for i in range(6)]
    topics = {family: chance.choice("abc") for family in families}
    wants = [Want(tuple(chance.sample(families, chance.randint(1, 4))), chance.randint(1, 2)) for _ in range(3)]
    choices = [list(combinations(want.candidates, want.count)) for want in wants]
    possible = [
        picked for picked in product(*choices) if len({f for ids in picked for f in ids}) == sum(map(len, picked))
    ]
    if not possible:
        with pytest.raises(Unfilled):
            spread(wants, topics)
        return
    found = spread(wants, topics)
    assert tuple(tuple(sorted(ids)) for ids in found) in {
        tuple(tuple(sorted(i)) for i in picked) for picked in possible
    }
    assert len({topics[f] for ids in found for f in ids}) == max(
        len({topics[f] for ids in picked for f in ids}) for picked in possible
    )
