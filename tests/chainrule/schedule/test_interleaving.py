"""Topics alternate where they can."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chainrule.schedule.interleaving import Entry, interleaved


def entries(text: str, after: dict[int, str] | None = None) -> list[Entry[str]]:
    """An entry for each letter, which is its topic; its value is letter and place."""
    return [
        Entry(f"{topic}{i}", f"{topic}{i}", topic, frozenset({(after or {}).get(i, "")}))
        for i, topic in enumerate(text)
    ]


def repeats(values: tuple[str, ...]) -> int:
    return sum(a[0] == b[0] for a, b in pairwise(values))


@given(st.text("abcd", max_size=14))
def test_as_few_repeats_as_any_order_has(text: str) -> None:
    most = max((text.count(topic) for topic in text), default=0)
    values = interleaved(entries(text))
    assert repeats(values) == max(0, most - (len(text) - most) - 1)
    assert sorted(values) == sorted(entry.value for entry in entries(text))


def test_the_order_stays_where_topics_alternate_already() -> None:
    assert interleaved(entries("abcab")) == ("a0", "b1", "c2", "a3", "b4")


def test_the_first_of_another_topic_comes_forward() -> None:
    assert interleaved(entries("aab")) == ("a0", "b2", "a1")


def test_what_comes_after_waits_though_topics_repeat() -> None:
    assert interleaved(entries("aab", {2: "a1"})) == ("a0", "a1", "b2")


def test_a_circle_is_taken_as_it_comes() -> None:
    assert interleaved(entries("ab", {0: "b1", 1: "a0"})) == ("a0", "b1")


def test_nothing_in_nothing_out() -> None:
    assert interleaved(entries("")) == ()
