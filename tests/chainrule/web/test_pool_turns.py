"""Learners take turns, and everybody is told the truth about who comes before."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from chainrule.store.records import new_id
from chainrule.web.turns import Turns


@dataclass(frozen=True)
class Work:
    learner: str
    id: str = field(default_factory=new_id)


def taken(turns: Turns[Work], count: int) -> list[Work]:
    """What is given out next."""
    found = [turns.take(0.0) for _ in range(count)]
    return [work for work in found if work is not None]


def names(turns: Turns[Work], count: int) -> str:
    return "".join(work.learner for work in taken(turns, count))


def test_each_learner_has_one_turn_after_the_other() -> None:
    turns: Turns[Work] = Turns()
    for learner in "aaaabbc":
        turns.put(Work(learner))
    assert names(turns, 3) == "abc"
    turns.put(Work("d"))
    assert names(turns, 9) == "abdaa"
    assert turns.take(0.0) is None


@given(st.text("abcd", max_size=20), st.integers(0, 8))
def test_how_many_come_before_is_how_many_are_given_out_before(learners: str, begun: int) -> None:
    turns: Turns[Work] = Turns()
    works = [Work(learner) for learner in learners]
    for work in works:
        turns.put(work)
    early = taken(turns, begun)
    if early:
        turns.put_back(early.pop())
    places = {work.id: turns.ahead(work.id) for work in works}
    assert all(places[work.id] == 0 for work in early)
    order = taken(turns, len(works))
    assert [places[work.id] for work in order] == list(range(len(early), len(works)))


def test_what_was_done_is_ahead_of_nobody() -> None:
    turns: Turns[Work] = Turns()
    first, second = Work("a"), Work("a")
    turns.put(first)
    turns.put(second)
    assert turns.take(0.0) is first
    assert turns.ahead(second.id) == 1
    turns.done(first.id)
    assert turns.ahead(second.id) == 0


def test_after_the_end_nothing_is_taken_or_given_out() -> None:
    turns: Turns[Work] = Turns()
    works = [Work("a"), Work("b"), Work("b")]
    for work in works:
        assert turns.put(work)
    begun = turns.take(0.0)
    assert begun is works[0]
    assert turns.close() == (works[1], works[2])
    assert turns.closed
    assert not turns.put(Work("c"))
    assert not turns.put_back(begun)
    assert turns.take(1000.0) is None
