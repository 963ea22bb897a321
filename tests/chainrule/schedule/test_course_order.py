"""The order of new material."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from schedule_samples import bank, card, day, material

from chainrule.schedule.cards import Card
from chainrule.schedule.course_order import Step, course_order, shipped_order, steps, strength
from chainrule.schedule.material import Material

NOW = day(10)
FRESH: Mapping[str, Card] = {}
NEEDS = {"recurrent": ("layers",)}


def known(family: str, *, score: float = 1.0) -> Card:
    """A card that is recalled by now."""
    return card(family, due=day(20), last=day(9), stability=30.0, score=score)


def walked(
    order: tuple[Material, ...], cards: Mapping[str, Card], needs: Mapping[str, tuple[str, ...]], *topics: str
) -> tuple[Step, ...]:
    wanted = [one for one in order if one.topic in topics]
    return steps(order, cards, NOW, wanted=wanted, needs=needs, weak_below=0.5)


def names(found: tuple[Step, ...]) -> list[str]:
    return [step.material.family + ("!" if step.weak else "") for step in found]


def test_families_come_by_topic_then_level_then_item() -> None:
    families = [
        material("b.x", course=["b.one"]),
        material("a.late", level=1, course=["a.two"]),
        material("a.early", level=1, course=["a.two", "a.one"]),
        material("a.hard", level=2, course=["a.one"]),
        material("other.y", level=1, course=["other.z"]),
    ]
    found = course_order(families, topics=["a", "b"], items=["a.one", "a.two", "b.one"])
    assert [one.family for one in found] == ["a.early", "a.late", "a.hard", "b.x", "other.y"]


def test_the_shipped_order_begins_with_supervised_learning() -> None:
    families = [material("layers.a"), material("adversarial.a"), material("supervised.a", level=3)]
    assert [one.topic for one in shipped_order(families)] == ["supervised", "layers", "adversarial"]


def test_strength_is_recall_times_score_of_what_was_seen() -> None:
    cards = {"layers.q0": known("layers.q0", score=0.5), "recurrent.q0": known("recurrent.q0")}
    families = [one for one in bank() if one.topic == "layers"]
    assert strength(families, cards, day(9)) == pytest.approx(0.5)
    assert strength(families, {}, NOW) is None


def test_without_prerequisites_the_unseen_come_in_their_order() -> None:
    cards = {"layers.q0": known("layers.q0")}
    assert names(walked(bank(3), cards, {}, "layers", "recurrent")) == [
        "layers.q1", "layers.q2", "recurrent.q0", "recurrent.q1", "recurrent.q2",
    ]  # fmt: skip


def test_an_unseen_topic_is_met_before_what_builds_on_it() -> None:
    found = walked(bank(4), FRESH, NEEDS, "recurrent")
    assert names(found)[:4] == ["layers.q0!", "layers.q1!", "layers.q2!", "recurrent.q0"]
    assert found[3].after == {"layers.q0", "layers.q1", "layers.q2"}


def test_of_a_weak_topic_the_weakest_are_repeated() -> None:
    cards = {f"layers.q{i}": known(f"layers.q{i}", score=score) for i, score in enumerate((0.6, 0.1, 0.2))}
    assert names(walked(bank(4), cards, NEEDS, "recurrent"))[:3] == ["layers.q1!", "layers.q2!", "recurrent.q0"]


def test_a_strong_topic_is_left_alone() -> None:
    cards = {"layers.q0": known("layers.q0")}
    assert names(walked(bank(2), cards, NEEDS, "recurrent")) == ["recurrent.q0", "recurrent.q1"]


def test_what_was_practised_today_is_not_repeated_as_weak() -> None:
    today = card("layers.q0", due=day(11), last=NOW, score=0.0)
    assert names(walked(bank(1), {"layers.q0": today}, NEEDS, "recurrent")) == ["recurrent.q0"]


def test_of_an_unseen_item_one_family_is_enough_and_its_own_needs_come_first() -> None:
    order = (
        material("a.one", course=["a.i"]),
        material("a.more", course=["a.i"]),
        material("b.two", course=["b.i"]),
        material("c.three", course=["c.i"]),
    )
    needs = {"c.i": ("b.i",), "b.i": ("a.i",)}
    assert names(walked(order, FRESH, needs, "c")) == ["a.one!", "b.two!", "c.three"]


def test_needs_in_a_circle_and_of_things_without_families_end() -> None:
    needs = {"layers": ("recurrent", "nothing"), "recurrent": ("layers",)}
    found = walked(bank(1), FRESH, needs, "layers", "recurrent")
    assert sorted(step.material.family for step in found) == ["layers.q0", "recurrent.q0"]


def test_in_the_shipped_course_nothing_new_comes_before_a_topic_that_it_needs() -> None:
    from chainrule.schedule.material import materials
    from questions.bank import load_bank
    from questions.prerequisites import shipped_prerequisites

    order, needs = shipped_order(materials(load_bank())), shipped_prerequisites()
    found = steps(order, {}, NOW, wanted=order, needs=needs, weak_below=0.5)
    assert sorted(step.material.family for step in found) == sorted(one.family for one in order)
    first = {step.material.topic: place for place, step in reversed(list(enumerate(found)))}
    early = [(topic, need) for topic in first for need in needs.get(topic, ()) if first[need] > first[topic]]
    assert early == []
