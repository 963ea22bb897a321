"""Standings are remembered, and still the same as the whole log replayed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from chainrule.standing import standing
from chainrule.store.records import Attempt, Item, Regrading, now
from chainrule.store.store import Store
from chainrule.web import standings
from chainrule.web.clocks import local_time
from chainrule.web.people import OWNER
from chainrule.web.site import Site

FAMILIES = ("convolution.output-size", "convolution.same-padding", "supervised.cross-entropy-by-hand")


def is_as_replayed(site: Site) -> bool:
    known, whole = site.standings.of(site, OWNER), standing(site.store, site.bank, local_time(site, OWNER))
    return (known.reviews, known.cards, known.families) == (whole.reviews, whole.cards, whole.families)


def test_whatever_is_added_they_are_as_replayed(alone: Site) -> None:
    chance = random.Random(5)
    items: list[Item] = []
    attempts: list[Attempt] = []
    for step in range(60):
        at = now() - timedelta(days=60 - step)
        match chance.randrange(4):
            case 0 if items:  # a further part of an old item
                new = Attempt(chance.choice(items).id, f"p{step}", "integer", "1", "wrong", 0.0, 1.0, at=at)
                attempts.append(new)
                alone.store.add(new)
            case 1 if attempts:
                alone.store.add(Regrading(chance.choice(attempts).id, "v2", "right", 1.0, at=at))
            case _:
                item = Item(chance.choice(FAMILIES), "v", step, "{}", "practice", at=at)
                new = Attempt(item.id, "a", "integer", "1", "right", chance.random(), 1.0, at=at)
                items.append(item)
                attempts.append(new)
                alone.store.add(item, new)
        if chance.random() < 0.7:
            assert is_as_replayed(alone)
    assert is_as_replayed(alone)


def test_a_log_is_read_once(alone: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    item = Item(FAMILIES[0], "v", 1, "{}", "practice")
    alone.store.add(item, Attempt(item.id, "a", "integer", "1", "right", 1.0, 1.0))
    first = alone.standings.of(alone, OWNER)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the log was read again")

    monkeypatch.setattr(Store, "judged", never)
    assert alone.standings.of(alone, OWNER).cards == first.cards
    alone.store.add(Attempt(item.id, "b", "integer", "1", "wrong", 0.0, 1.0))
    assert alone.standings.of(alone, OWNER).cards != first.cards


def test_few_learners_are_remembered(alone: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standings, "KEPT", 2)
    for name in ("ann", "ben", "cat", "dan"):
        alone.standings.of(alone, replace(OWNER, id=name))
    assert list(alone.standings._known) == ["cat", "dan"]
